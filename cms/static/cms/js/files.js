/* Names and sizes of the files one has chosen, before they are sent; without this the form works the same. */
"use strict";
(function () {
  const MEGABYTE = 1024 * 1024;
  const size = (bytes) => bytes >= MEGABYTE ? (bytes / MEGABYTE).toFixed(1) + "MB" : Math.max(1, Math.round(bytes / 1024)) + "KB";
  document.querySelectorAll("[data-files]").forEach((part) => {
    const most = Number(part.dataset.most) * MEGABYTE;
    part.querySelectorAll("input[type=file]").forEach((input) => {
      const list = document.createElement("ul");
      list.className = "picked";
      list.setAttribute("aria-live", "polite");
      input.after(list);
      input.addEventListener("change", () => {
        list.replaceChildren(...Array.from(input.files, (file) => {
          const line = document.createElement("li");
          const large = file.size > most;
          line.className = large ? "large" : "";
          line.textContent = file.name + "　" + size(file.size) + (large ? "　" + part.dataset.large : "");
          return line;
        }));
      });
    });
  });
})();
