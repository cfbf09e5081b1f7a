// "Close now": leaves at once and takes this page's place in the history, so that Back does not return here.
// Works without this file too (a plain link). Pressing Shift three times within a second does the same.
// Before it goes, pages hear "leaving": they may forget what was begun, and name a shorter way (detail.to).
const exit = document.querySelector("a[data-exit]");
if (exit) {
  const leave = () => {
    document.documentElement.hidden = true;
    const detail = { to: exit.href };
    document.dispatchEvent(new CustomEvent("leaving", { detail }));
    location.replace(detail.to);
  };
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.repeat) {
      if (event.key !== "Shift") presses = [];
      return;
    }
    presses = [...presses, Date.now()].filter((time) => Date.now() - time < 1000);
    if (presses.length >= 3) leave();
  });
}
