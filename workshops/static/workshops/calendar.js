// The month as a grid: arrow keys walk over days and weeks, Home and End over a week, Page Up and Page Down over months.
// Without this file the table is a table of links. Source of the keys: WAI-ARIA Authoring Practices, date grid.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const MONTHS = { PageUp: -1, PageDown: 1 };
let awaited = null; // the day to stand on when the month that was asked for is there

const grid = () => document.querySelector("table[data-grid]");
const cellOf = (day) => grid()?.querySelector(`td[data-day="${day}"]:not(.out)`);
const links = (cell) => [...cell.querySelectorAll("a")];

const stand = (cell) => {
  for (const each of grid().querySelectorAll("td[data-day]")) {
    each.tabIndex = each === cell ? 0 : -1;
    for (const link of links(each)) link.tabIndex = each === cell ? 0 : -1;
  }
};

const shifted = (day, days) => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};

const shiftedByMonth = (day, months) => {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
};

const aim = (key, cell) => {
  const day = cell.dataset.day;
  const week = [...cell.parentElement.querySelectorAll("td:not(.out)")];
  if (key in STEPS) return shifted(day, STEPS[key]);
  if (key in MONTHS) return shiftedByMonth(day, MONTHS[key]);
  if (key === "Home") return week[0].dataset.day;
  if (key === "End") return week.at(-1).dataset.day;
  return null;
};

const go = (day, from) => {
  const cell = cellOf(day);
  if (cell) {
    stand(cell);
    cell.focus();
    return;
  }
  const link = document.querySelector(`.month-nav a[rel="${day < from ? "prev" : "next"}"]`);
  if (link) {
    awaited = day;
    link.click();
  }
};

const enter = (cell, event) => {
  const seen = links(cell).filter((link) => link.offsetParent);
  if (!seen.length) return;
  event.preventDefault();
  if (seen.length === 1) seen[0].click();
  else seen[0].focus();
};

const onKey = (event) => {
  const cell = event.target.closest("td[data-day]");
  if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === "Enter" && event.target === cell) enter(cell, event);
  else if (event.key === "Escape" && event.target !== cell) cell.focus();
  else {
    const day = aim(event.key, cell);
    if (!day) return;
    event.preventDefault();
    go(day, cell.dataset.day);
  }
};

const begin = () => {
  const table = grid();
  if (!table || table.getAttribute("role") === "grid") return;
  table.setAttribute("role", "grid");
  const first = [table.querySelector("td[aria-current]:not(.out)"), table.querySelector("td:not(.out):has(a)"), table.querySelector("td:not(.out)")];
  stand(first.find(Boolean));
  table.addEventListener("keydown", onKey);
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td[data-day]");
    if (cell) stand(cell);
  });
  const cell = awaited && cellOf(awaited);
  awaited = null;
  if (cell) {
    stand(cell);
    cell.focus();
  } else if (document.activeElement === document.body && table.dataset.swapped) document.getElementById("m-title")?.focus();
};

begin();
document.addEventListener("htmx:afterSettle", () => {
  const table = grid();
  if (table && table.getAttribute("role") !== "grid") table.dataset.swapped = "1";
  begin();
});
document.addEventListener("htmx:responseError", () => { awaited = null; });
