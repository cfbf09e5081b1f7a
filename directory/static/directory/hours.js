// The editor of opening hours, made pleasant. Listens on the document: rows that Wagtail adds later work at once.
(function () {
  "use strict";

  function boxes(editor, day) {
    return editor.querySelectorAll('.he-day[data-day="' + day + '"] input');
  }

  function read(editor) {
    var token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (!editor.dataset.reading || !token) return;
    var data = new URLSearchParams({ name: editor.dataset.hours });
    editor.querySelectorAll("input, textarea").forEach(function (box) {
      if ((box.type !== "radio" && box.type !== "checkbox") || box.checked) data.append(box.name, box.value);
    });
    var number = (editor.heAsked = (editor.heAsked || 0) + 1);
    fetch(editor.dataset.reading, { method: "POST", body: data, headers: { "X-CSRFToken": token.value } })
      .then(function (answer) { return answer.ok ? answer.json() : { words: "" }; })
      .then(function (said) {
        if (number !== editor.heAsked) return;
        var line = editor.querySelector(".he-reading");
        line.querySelector("strong").textContent = said.words;
        line.hidden = !said.words;
      })
      .catch(function () { /* without an answer the words appear after saving */ });
  }

  document.addEventListener("change", function (event) {
    var editor = event.target.closest && event.target.closest("[data-hours]");
    if (editor) read(editor);
  });

  function showButtons() {
    document.querySelectorAll("[data-hours] .he-copy[hidden]").forEach(function (line) {
      line.hidden = false;
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-hours-copy]");
    if (!button) return;
    var editor = button.closest("[data-hours]");
    var monday = boxes(editor, 0);
    [1, 2, 3, 4].forEach(function (day) {
      boxes(editor, day).forEach(function (box, place) {
        if (box.type === "checkbox") box.checked = monday[place].checked;
        else box.value = monday[place].value;
      });
    });
    editor.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // One more empty row as soon as the last one is used.
  document.addEventListener("change", function (event) {
    var row = event.target.closest && event.target.closest("[data-hours-closures] > div");
    if (!row || row.nextElementSibling || !event.target.value) return;
    var next = row.cloneNode(true);
    var count = row.parentNode.children.length;
    if (count >= 30) return;
    next.querySelectorAll("input").forEach(function (box) {
      box.name = box.name.replace(/-c\d+-/, "-c" + count + "-");
      box.setAttribute("aria-label", box.getAttribute("aria-label").replace(String(count), String(count + 1)));
      box.value = "";
      box.removeAttribute("aria-invalid");
      box.removeAttribute("aria-describedby");
    });
    next.querySelectorAll(".he-mistake").forEach(function (line) { line.remove(); });
    next.classList.remove("he-bad");
    row.parentNode.appendChild(next);
  });

  showButtons();
  document.addEventListener("DOMContentLoaded", showButtons);
  // Rows made from Wagtail's template appear after a click on “add”.
  document.addEventListener("click", function () { setTimeout(showButtons, 0); });
})();
