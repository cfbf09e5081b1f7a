// Ready texts go into the box at once. Without this file the form comes back with the text in it.
for (const button of document.querySelectorAll("button[data-ready]")) {
  button.addEventListener("click", (event) => {
    const box = button.form.querySelector("textarea[name=text]");
    event.preventDefault();
    box.value = `${box.value.trimEnd()}\n\n${button.dataset.ready}`.trim();
    box.focus();
  });
}
