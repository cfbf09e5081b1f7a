// "Close now": leaves at once and takes this page's place in the history, so that Back does not return here.
// Works without this file too (a plain link). Pressing Shift three times within a second does the same.
// data-forget: an address that forgets what was begun here is told on the way; data-to: where it leads then.
const exit = document.querySelector("a[data-exit]");
if (exit) {
  const leave = () => {
    document.documentElement.hidden = true;
    document.dispatchEvent(new Event("leaving")); // whatever is still on its way to us is called back
    for (const box of document.querySelectorAll("textarea, input:not([type=hidden])")) box.value = "";
    const { forget, to } = exit.dataset;
    // Not taken for sending: then by way of the link, which forgets first.
    const told = forget && navigator.sendBeacon(forget);
    location.replace(told ? to : exit.href);
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
