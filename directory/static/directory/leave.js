// "Close now" on the pages where one writes: what was begun is emptied here and forgotten there, without waiting.
// Without this file the link leads by way of the same address.
document.addEventListener("leaving", ({ detail }) => {
  for (const box of document.querySelectorAll("textarea, input:not([type=hidden])")) box.value = "";
  const { forget, to } = document.querySelector("a[data-forget]").dataset;
  if (navigator.sendBeacon(forget)) detail.to = to;
});
