// htmx notes the address in the tab's storage to come back to it. Here Back asks the server again, so nothing need stay.
const forget = () => {
  try {
    sessionStorage.removeItem("htmx-current-path-for-history");
  } catch {
    // storage is switched off: then nothing was noted either
  }
};
forget();
document.addEventListener("htmx:pushedIntoHistory", forget);
document.addEventListener("htmx:replacedInHistory", forget);
