/* How many organisations may read the case, counted while one chooses. Without it the number comes with the next page. */
"use strict";
(function () {
  const form = document.querySelector("form[data-reach]");
  if (!form) return;
  const reach = JSON.parse(form.dataset.reach);
  const ids = (name) => Array.from(form.querySelectorAll('input[name="' + name + '"]:checked'), (box) => Number(box.value));
  const value = (selector) => { const found = form.querySelector(selector); return found ? found.value : ""; };
  const count = () => {
    const chosen = {
      all: reach.all,
      core: reach.core,
      group: reach.seats[value('select[name="group"]')] || [],
      chosen: ids("shared_with").filter((id) => reach.all.includes(id)),
    }[value('input[name="audience"]:checked')] || [];
    const out = ids("excluded");
    const readers = new Set(chosen.filter((id) => !out.includes(id)));
    readers.add(reach.own);
    form.querySelectorAll("[data-reached]").forEach((place) => { place.textContent = String(readers.size); });
  };
  form.addEventListener("change", count);
})();
