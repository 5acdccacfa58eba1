// Reviewing by keyboard, and turning selected words into their place in the report.
"use strict";
(() => {
  const points = (text) => [...text].length;
  document.querySelectorAll("blockquote[data-start]").forEach((quote) => {
    const form = quote.closest("section").querySelector("form.correct");
    const take = () => {
      const chosen = getSelection();
      if (!chosen.rangeCount || chosen.isCollapsed || !quote.contains(chosen.anchorNode) || !quote.contains(chosen.focusNode)) return;
      const range = chosen.getRangeAt(0);
      const before = range.cloneRange();
      before.selectNodeContents(quote);
      before.setEnd(range.startContainer, range.startOffset);
      const raw = range.toString();
      const words = raw.trim();
      const start = +quote.dataset.start + points(before.toString()) + points(raw) - points(raw.trimStart());
      form.elements.start.value = start;
      form.elements.end.value = start + points(words);
      form.elements.words.value = words;
      form.querySelector(".selected").textContent = words;
      form.closest("details").open = true;
    };
    quote.addEventListener("pointerup", () => setTimeout(take));
    document.addEventListener("selectionchange", () => take());
  });
  const rows = () => [...document.querySelectorAll("#queue > .event, .account-review")];
  let at = 0;
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    all[at]?.classList.remove("lit");
    at = Math.max(0, Math.min(all.length - 1, at + step));
    all[at].classList.add("lit");
    all[at].scrollIntoView({ block: "nearest" });
  };
  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || /input|textarea|select/i.test(e.target.tagName)) return;
    const here = rows()[at];
    const scope = here?.classList.contains("event") ? here.nextElementSibling : here;
    const press = (found) => { if (found) { e.preventDefault(); found.click(); } };
    if (e.key === "j") move(1);
    else if (e.key === "k") move(-1);
    else if (e.key === "a") press(scope?.querySelector('[data-key="a"], button[value="accept"]'));
    else if (e.key === "x") press(scope?.querySelector('[data-key="x"], button[value="reject"]'));
    else if (e.key === "c") press(scope?.querySelector('[data-key="c"]'));
    else if (e.key === "n") press(document.getElementById("next"));
    else if (e.key === "Enter" && here?.classList.contains("event") && e.target === document.body) press(scope?.querySelector("a.button"));
  });
  if (rows().length) move(0);
})();
