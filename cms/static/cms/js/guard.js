/* Marks are decided in place: a choice goes into the text at once, turns green, and can be taken back, over any number
   of steps. Nothing is sent, and nothing is kept in the browser; what was there first lives in this page alone. */
"use strict";
(function () {
  const TEXT = "input[type=text], textarea, select";

  document.querySelectorAll("[data-proof]").forEach((proof) => {
    const form = proof.closest("form");
    const kept = document.getElementById(proof.dataset.kept);
    const before = kept && kept.value ? JSON.parse(kept.value) : [];
    const part = (name) => proof.querySelector("[data-" + name + "]");
    const texts = Array.from(proof.querySelectorAll("[data-text]"), (shown) => ({ shown, area: document.getElementById(shown.dataset.text) }));
    const marks = new Map();
    const steps = [];

    proof.querySelectorAll("fieldset[data-mark]").forEach((box) => {
      const key = box.dataset.mark;
      const spans = Array.from(proof.querySelectorAll('[data-at="' + key + '"]'), (span) => ({ span, css: span.className, first: span.firstChild.data }));
      marks.set(key, { box, spans, radios: Array.from(box.querySelectorAll("input[type=radio]")), own: box.querySelector("input[type=text]"), why: box.querySelector("select"), now: null });
    });

    /* What is chosen beside a mark, or null while something is missing. */
    const chosen = (mark) => {
      const radio = mark.radios.find((one) => one.checked);
      if (!radio) return null;
      if (radio.value === "delete") return { how: "delete", to: "" };
      if (radio.value === "own") return mark.own.value.trim() ? { how: "own", to: mark.own.value.trim() } : null;
      if (radio.value === "keep") return mark.why.value ? { how: "keep", why: mark.why.value } : null;
      return { how: radio.value, to: radio.value.slice(3) };
    };
    const reads = (mark, first) => mark.now && mark.now.how !== "keep" ? mark.now.to : first;
    const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

    /* The text as it reads now, from what is shown. */
    const whole = (shown) => Array.from(shown.childNodes, (node) => {
      if (node.nodeName === "BR") return "\n";
      if (!node.dataset || !node.dataset.at) return node.textContent;
      const mark = marks.get(node.dataset.at);
      return reads(mark, mark.spans.find((one) => one.span === node).first);
    }).join("");
    const plain = (text) => text.replace(/\r\n?/g, "\n").trim();
    texts.forEach((text) => { text.last = whole(text.shown); });

    /* Into the fields. A field that was changed by hand since stays as it is: the choice is then carried out on sending. */
    const write = () => {
      texts.forEach((text) => {
        const next = whole(text.shown);
        text.inStep = Boolean(text.area) && plain(text.area.value) === plain(text.last);
        if (text.inStep) text.area.value = next;
        if (text.inStep) text.last = next;
      });
      if (!kept) return;
      const done = [];
      marks.forEach((mark) => {
        const there = texts.filter((text) => mark.spans.some((one) => text.shown.contains(one.span)));
        if (mark.now && mark.now.how !== "keep" && there.every((text) => text.inStep)) done.push([mark.box.dataset.kind, mark.now.to]);
      });
      kept.value = before.length + done.length ? JSON.stringify(before.concat(done)) : "";
    };

    const draw = (mark) => {
      const decided = mark.now !== null;
      mark.spans.forEach((one) => {
        one.span.firstChild.data = reads(mark, one.first);
        one.span.className = decided ? "find fixed" : one.css.replace(" fixed", "");
      });
      mark.box.classList.toggle("done", decided);
      const line = mark.box.querySelector("[data-done]");
      line.hidden = !decided;
      if (!decided) mark.box.classList.remove("folded");
      if (decided) line.querySelector("[data-to]").textContent = mark.now.how === "keep" ? proof.dataset.stays : mark.now.to || proof.dataset.out;
    };

    const left = () => Array.from(marks.values()).filter((mark) => mark.now === null);
    const say = (words) => { part("said").textContent = words; };
    const count = () => {
      const open = left().length;
      const words = open ? proof.dataset.left.replace("%s", open) : proof.dataset.all;
      if (part("count")) part("count").textContent = words;
      part("undo").hidden = steps.length === 0;
      return words;
    };

    /* Set the controls beside a mark to a state it had. */
    const set = (mark, state) => {
      mark.radios.forEach((radio) => { radio.checked = Boolean(state) && radio.value === state.how; });
      if (!state || state.how === "own") mark.own.value = state ? state.to : "";
      if (!state || state.how === "keep") mark.why.value = state ? state.why : "";
    };
    const go = (mark, next) => {
      mark.now = next;
      draw(mark);
      write();
      return count();
    };
    /* What is decided elsewhere becomes one line; the page does not move under the hand. */
    const fold = (here) => {
      const top = here.box.getBoundingClientRect().top;
      marks.forEach((mark) => { mark.box.classList.toggle("folded", mark !== here && mark.now !== null); });
      window.scrollBy(0, here.box.getBoundingClientRect().top - top);
    };
    const decide = (mark) => {
      const next = chosen(mark);
      if (same(next, mark.now)) return;
      const last = steps[steps.length - 1];
      const typing = last && last.mark === mark && next && mark.now && next.how === "own" && mark.now.how === "own";
      if (!typing) steps.push({ mark, was: mark.now });
      const words = go(mark, next);
      fold(mark);
      say(mark.box.querySelector("[data-to]").textContent + "　" + words);
    };
    const undo = () => {
      const step = steps.pop();
      if (!step) return;
      set(step.mark, step.was);
      const words = go(step.mark, step.was);
      say(proof.dataset.undone + words);
      focusOn(step.mark);
    };
    const focusOn = (mark) => { (mark.radios.find((radio) => radio.checked) || mark.radios[0]).focus(); };
    const onward = (mark) => {
      const all = Array.from(marks.values());
      const at = all.indexOf(mark);
      const next = all.slice(at + 1).concat(all.slice(0, at)).find((other) => other.now === null);
      if (next) {
        focusOn(next);
        fold(next);
      } else form.querySelector("[data-again]").focus();
    };

    marks.forEach((mark) => {
      mark.now = chosen(mark);
      draw(mark);
      mark.box.addEventListener("change", () => decide(mark));
      mark.own.addEventListener("input", () => decide(mark));
      mark.box.addEventListener("focusin", () => mark.box.classList.remove("folded"));
      mark.box.querySelector("[data-back]").addEventListener("click", () => {
        steps.push({ mark, was: mark.now });
        set(mark, null);
        say(proof.dataset.undone + go(mark, null));
        focusOn(mark);
      });
    });
    part("undo").addEventListener("click", undo);
    proof.addEventListener("keydown", (event) => {
      if (event.target.matches(TEXT) || event.isComposing) return;
      const key = event.key.toLowerCase();
      if (key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
        event.preventDefault();
        undo();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const box = event.target.closest("fieldset[data-mark]");
      if (!box) return;
      if (key === "u") {
        event.preventDefault();
        undo();
        return;
      }
      const mark = marks.get(box.dataset.mark);
      const radio = /^[1-9]$/.test(key) ? mark.radios[Number(key) - 1] : null;
      if (!radio) return;
      event.preventDefault();
      radio.checked = true;
      decide(mark);
      if (radio.value === "own") mark.own.focus();
      else if (radio.value === "keep") mark.why.focus();
      else onward(mark);
    });
    part("keys").hidden = false;
    count();
    form.setAttribute("autocomplete", "off");
  });
  /* A page that the browser kept whole is asked for anew: nobody finds old words by going back. */
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
})();
