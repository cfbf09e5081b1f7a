// Buttons that open the browser's printing. Without this file they stay hidden; the browser's own menu prints as well.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
