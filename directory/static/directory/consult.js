// The page with one box. What is written is kept (encrypted, for an hour) now and then, and sent without leaving the page:
// the text stays here until we have said that it is ours. Nothing is ever put into the browser's own storage.
// Without this file the form works by itself.
const form = document.querySelector("form[data-save]");
const EVERY = 20_000; // milliseconds between two savings of what has changed

if (form) {
  const said = form.querySelector("[data-said]");
  const label = form.querySelector("[data-send] span");
  const words = label.textContent;
  form.querySelector("[data-plain]").remove(); // what is said of a form without this file
  let kept = form.elements.text.value;
  let sending = false;
  let saving = null;

  const say = (sentence, bad = false) => {
    said.textContent = sentence;
    said.classList.toggle("bad", bad);
  };

  const save = async () => {
    const text = form.elements.text.value;
    const shared = form.elements.shared.checked;
    if (sending || saving || shared || text === kept) return;
    saving = new AbortController();
    try {
      const body = new FormData(form);
      const answer = await fetch(form.dataset.save, { method: "POST", body, signal: saving.signal });
      if (answer.ok) kept = text;
      if (!sending && !form.elements.shared.checked) say(answer.ok ? form.dataset.kept : "");
    } catch {
      // The text is on the page; the next round tries again.
    }
    saving = null;
  };
  const rounds = setInterval(save, EVERY);

  // Others use this device: what was kept goes at once.
  form.elements.shared.addEventListener("change", () => {
    kept = "";
    saving?.abort();
    say("");
    if (form.elements.shared.checked) fetch(form.dataset.save, { method: "POST", body: new FormData(form) }).catch(() => {});
  });

  document.addEventListener("leaving", () => {
    clearInterval(rounds);
    sending = true;
    saving?.abort();
  });

  const busy = (now) => {
    sending = now;
    label.textContent = now ? form.dataset.busy : words;
    form.querySelector("[data-send]").setAttribute("aria-disabled", String(now));
  };

  form.addEventListener("submit", async (event) => {
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (sending) return;
    busy(true);
    saving?.abort();
    say("");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" },
      });
      const { next, says, key, token } = await answer.json();
      if (answer.ok && next) {
        form.elements.text.value = "";
        location.replace(next);
        return;
      }
      if (token) form.elements.csrfmiddlewaretoken.value = token;
      if (key) form.elements.key.value = key;
      say(says, true);
    } catch {
      say(form.dataset.lost, true);
    }
    busy(false);
    said.scrollIntoView({ block: "center" });
  });
}
