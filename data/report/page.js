"use strict";
(() => {
  const table = document.getElementById("models");
  if (!table) return;
  const first = 500;
  const body = table.tBodies[0];
  const form = document.getElementById("filters");
  const more = document.getElementById("more");
  const detail = document.getElementById("detail");
  const sections = new Map();
  for (const s of document.querySelectorAll("#sections > section")) sections.set(s.id, s);
  // Many rows come as lines, and become elements as they are shown.
  const lines = (id) => {
    const script = document.getElementById(id);
    return script ? script.textContent.trim().split("\n") : null;
  };
  const template = document.createElement("template");
  const element = (r) => {
    if (!r.tr) {
      template.innerHTML = r.html;
      r.tr = template.content.firstElementChild;
    }
    return r.tr;
  };
  const row = (tr, at) => {
    const d = tr.dataset;
    const id = tr.cells[0].textContent;
    return {tr, at, id, v: d.v, r: Number(d.r), l: d.l, n: Number(d.n), s: Number(d.s),
      u: d.u ? d.u.split(" ") : [], text: (id + " " + tr.cells[3].textContent).toLowerCase()};
  };
  const plain = {amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'"};
  const text = (s) => s.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => plain[name]);
  const parts = /^<tr data-v="([^"]*)" data-r="([^"]*)" data-l="([^"]*)" data-n="([^"]*)" data-s="([^"]*)" data-u="([^"]*)".*?<a [^>]*>([^<]*)<.*?<\/td><td>([^<]*)<small>/;
  const written = (line, at) => {
    const html = JSON.parse(line);
    const [, v, r, l, n, s, u, id, license] = parts.exec(html).map(text);
    return {html, at, id, v, r: Number(r), l, n: Number(n), s: Number(s), u: u ? u.split(" ") : [],
      text: (id + " " + license).toLowerCase()};
  };
  const rows = lines("rows")?.map(written) ?? Array.from(body.rows, row);
  const fill = (name, values) => {
    for (const value of values) form.elements[name].add(new Option(value.replaceAll("-", " "), value));
  };
  fill("v", new Set(rows.slice().sort((a, b) => a.r - b.r).map((r) => r.v)));
  fill("l", new Set(rows.map((r) => r.l).sort()));
  fill("u", new Set(rows.flatMap((r) => r.u)));
  for (const option of form.elements.u.options)
    if (option.value) option.text = option.value.replace("=", ": ").replaceAll("-", " ");

  let shown = rows;
  let all = false;
  const put = () => {
    const some = all ? shown : shown.slice(0, first);
    body.replaceChildren(...some.map(element));
    more.hidden = some.length === shown.length;
    more.firstElementChild.textContent = "show all " + shown.length.toLocaleString("en");
    form.elements.count.value = shown.length.toLocaleString("en") + " of " + rows.length.toLocaleString("en");
  };
  let sort = null;
  let down = false;
  const order = () => {
    const way = down ? -1 : 1;
    if (!sort) shown.sort((a, b) => a.at - b.at);
    else shown.sort((a, b) => (a[sort] < b[sort] ? -way : a[sort] > b[sort] ? way : a.at - b.at));
  };
  const filter = () => {
    const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const {v, l, u, n} = form.elements;
    shown = rows.filter((r) => (!v.value || r.v === v.value) && (!l.value || r.l === l.value) &&
      (!u.value || r.u.includes(u.value)) && (!n.checked || r.n > 0) && words.every((w) => r.text.includes(w)));
    for (const b of document.querySelectorAll("[data-verdict]"))
      b.setAttribute("aria-pressed", String(b.dataset.verdict === v.value));
    if (sections.size) {
      const there = new Set(shown.map((r) => r.id));
      for (const [id, s] of sections) s.hidden = !there.has(id);
    }
    all = false;
    order();
    put();
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  for (const b of document.querySelectorAll("[data-verdict]")) {
    b.addEventListener("click", () => {
      const v = form.elements.v;
      v.value = v.value === b.dataset.verdict ? "" : b.dataset.verdict;
      filter();
    });
  }
  for (const b of table.querySelectorAll("[data-sort]")) {
    b.addEventListener("click", () => {
      const key = b.dataset.sort;
      // Names and verdicts from the top, numbers from the largest; a second click turns it round.
      down = sort === key ? !down : key === "n" || key === "s";
      sort = key;
      for (const th of table.tHead.rows[0].cells) th.removeAttribute("aria-sort");
      b.closest("th").setAttribute("aria-sort", down ? "descending" : "ascending");
      order();
      put();
    });
  }
  more.firstElementChild.addEventListener("click", () => { all = true; put(); });
  addEventListener("beforeprint", () => { all = true; put(); });

  const details = lines("details");
  if (details) {
    const at = new Map(rows.map((r) => [r.id, r.at]));
    const show = () => {
      let id = "";
      try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
      if (!at.has(id)) return;
      detail.innerHTML = JSON.parse(details[at.get(id)]);
      detail.scrollIntoView();
    };
    addEventListener("hashchange", show);
    table.addEventListener("click", (e) => {
      const a = e.target.closest("a");
      if (a && a.hash === location.hash) show();
    });
    show();
  }
  form.hidden = false;
  filter();
})();
