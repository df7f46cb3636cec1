"use strict";
// The page is complete without this: it adds a search, and opens what a link or the printer needs.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const folds = all(".group, .failure");
  const normal = new Map(folds.map((fold) => [fold, fold.open]));
  const open = (which, state) => which.forEach((fold) => { fold.open = state(fold); });

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = (text) => words.every((word) => text.toLowerCase().includes(word));
    let count = 0;
    for (const group of all(".group")) {
      const rows = all(".case", group);
      for (const row of rows) {
        row.hidden = !matches(row.cells[0].textContent);
        count += row.hidden ? 0 : 1;
      }
      group.hidden = rows.every((row) => row.hidden);
      group.open = words.length ? !group.hidden : normal.get(group);
    }
    for (const article of all("article")) {
      article.hidden = !matches(all("h4, .title", article).map((part) => part.textContent).join(" "));
    }
    found.textContent = words.length ? `${count} of ${all(".case").length} cases` : "";
  };

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    for (let parent = target; parent; parent = parent.parentElement) {
      if (parent.localName === "details") {
        parent.open = true;
      }
    }
    target?.scrollIntoView();
  };

  let before = new Map();
  addEventListener("beforeprint", () => {
    before = new Map(all("details").map((fold) => [fold, fold.open]));
    open([...before.keys()], () => true);
  });
  addEventListener("afterprint", () => open([...before.keys()], (fold) => before.get(fold)));
  addEventListener("hashchange", reveal);
  search.addEventListener("input", filter);
  document.getElementById("open").addEventListener("click", () => open(all("details"), () => true));
  document.getElementById("fold").addEventListener("click", () => open(all("details"), () => false));
  all(".controls [hidden]").forEach((control) => { control.hidden = false; });
  if (location.hash) {
    reveal();
  }
})();
