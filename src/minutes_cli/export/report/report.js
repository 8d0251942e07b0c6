"use strict";
// Search and speaker filter. Everything is read from the page itself; nothing is loaded and nothing is stored.
(() => {
  const $ = (id) => document.getElementById(id);
  const query = $("query"), status = $("status"), text = $("text");
  const pieces = Array.from(document.querySelectorAll(".piece"));
  const boxes = Array.from(document.querySelectorAll("#who input"));
  const voices = pieces.map((piece) => piece.dataset.voice);

  // Text as it is compared: width (NFKC) and case put aside. A cluster is a character with the marks that join it,
  // so that clusters fold one by one as the whole text does.
  const CLUSTER = /[^][\p{M}\u1160-\u11ff\uff9e\uff9f]*/gu;
  const fold = (words) => words.normalize("NFKC").toLowerCase().replace(/\u03c2/g, "\u03c3");

  // The text nodes of a piece in the order of searching: the lines, then what happened in the middle of them.
  function nodesOf(piece) {
    const said = [], happened = [];
    for (const line of piece.querySelectorAll(".line")) {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        const event = line.childElementCount && node.parentElement.closest(".event, .line").matches(".event");
        (event ? happened : said).push(node);
      }
      said.push(null); // a line end: no hit goes over it
    }
    return said.concat(happened.flatMap((node) => [node, null]));
  }
  const join = (nodes) => nodes.map((node) => (node ? node.data : "\n")).join("");
  const plain = (piece) => piece.querySelector(".line > *")
    ? join(nodesOf(piece))
    : Array.from(piece.querySelectorAll(".line"), (line) => line.textContent + "\n").join("");

  // Made when first needed, as most pages are opened to be read.
  let folded = null;
  const prepare = () => (folded ??= pieces.map((piece) => fold(plain(piece))));

  let words = [];      // what is searched for
  let pattern = null;
  let chosen = new Set(); // the voices that are wanted; none means all
  let found = [];      // {piece, before, count}: where hits are, and how many stand before them
  let hits = 0, at = -1;
  const painted = new Set();

  const watcher = "IntersectionObserver" in window
    ? new IntersectionObserver((entries) => {
        for (const entry of entries) if (entry.isIntersecting) paint(entry.target);
      }, { rootMargin: "600px" })
    : null;
  const places = new Map(); // piece -> its entry in found

  function clean() {
    watcher?.disconnect();
    for (const piece of painted) {
      for (const mark of piece.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
      for (const line of piece.querySelectorAll(".line")) line.normalize();
    }
    painted.clear();
    places.clear();
  }

  // Marks are set only in what comes near the window: a frequent word stands in tens of thousands of places.
  function paint(piece) {
    const entry = places.get(piece);
    if (!entry || painted.has(piece)) return;
    painted.add(piece);
    let shape = "";
    const starts = [], ends = []; // for every folded character: where its cluster begins and ends in the text
    const nodes = nodesOf(piece);
    const whole = join(nodes);
    for (const match of whole.matchAll(CLUSTER)) {
      const part = fold(match[0]);
      for (let i = 0; i < part.length; i++) {
        starts.push(match.index);
        ends.push(match.index + match[0].length);
      }
      shape += part;
    }
    const ranges = [];
    for (const match of shape.matchAll(pattern)) {
      ranges.push([starts[match.index], ends[match.index + match[0].length - 1]]);
    }
    let offset = whole.length, r = ranges.length - 1;
    for (let n = nodes.length - 1; n >= 0; n--) { // from behind, so that places before stay what they are
      const node = nodes[n], length = node ? node.data.length : 1;
      offset -= length;
      while (r >= 0 && ranges[r][0] >= offset + length) r--;
      for (let k = r; node && k >= 0 && ranges[k][1] > offset; k--) {
        const from = Math.max(ranges[k][0] - offset, 0), to = Math.min(ranges[k][1] - offset, length);
        if (from >= to) continue;
        const mark = document.createElement("mark");
        mark.dataset.hit = entry.before + k;
        const middle = node.splitText(from);
        middle.splitText(to - from);
        middle.replaceWith(mark);
        mark.append(middle);
      }
    }
  }

  const number = (n) => n.toLocaleString("ja-JP");

  // A search is made a moment after the last key stroke, or at once when somebody wants to see its hits.
  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 150);
    text.setAttribute("aria-busy", "true");
  };
  const now = () => { if (waiting) apply(); };

  function apply() {
    clearTimeout(waiting);
    waiting = 0;
    text.removeAttribute("aria-busy");
    words = fold(query.value).split(/\s+/).filter(Boolean);
    chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const escaped = [...new Set(words)].sort((a, b) => b.length - a.length)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    pattern = words.length ? new RegExp(escaped.join("|"), "gu") : null;
    clean();
    found = [];
    hits = 0;
    at = -1;
    const texts = pattern ? prepare() : null;
    const narrowed = pattern !== null || chosen.size > 0;
    let shown = 0;
    const keep = pieces.map((piece, i) => {
      if (chosen.size && !chosen.has(voices[i])) return false;
      if (pattern) {
        if (!words.every((word) => texts[i].includes(word))) return false;
        let count = 0;
        for (const _ of texts[i].matchAll(pattern)) count++;
        places.set(piece, { before: hits, count });
        found.push({ piece, before: hits, count });
        hits += count;
      }
      if (!piece.classList.contains("heading")) shown++;
      return true;
    });
    // A heading stays where something under it does.
    const under = new Array(12).fill(false); // for every level whether something is left under its next heading
    for (let i = pieces.length - 1; i >= 0; i--) {
      if (!pieces[i].matches(".heading")) {
        if (keep[i]) under.fill(true);
        continue;
      }
      const level = Math.min(Number(pieces[i].dataset.level), 11);
      keep[i] ||= under[level];
      if (keep[i]) under.fill(true, 0, level);
      under.fill(false, level);
    }
    pieces.forEach((piece, i) => piece.classList.toggle("out", narrowed && !keep[i]));
    for (const section of text.querySelectorAll("section.text")) {
      section.classList.toggle("empty", narrowed && !section.querySelector(".piece:not(.out)"));
    }
    text.classList.toggle("narrowed", narrowed);
    $("more").hidden = !narrowed;
    $("nothing").hidden = !narrowed || shown > 0 || hits > 0;
    for (const { piece } of found) watcher ? watcher.observe(piece) : paint(piece);
    tell(narrowed, shown);
  }

  function tell(narrowed, shown) {
    $("before").disabled = $("next").disabled = hits === 0;
    const where = pattern ? `${number(hits)}件（${number(found.length)}か所の発言・見出し）` : `${number(shown)}件の発言`;
    status.textContent = !narrowed ? "" : hits || !pattern ? where : "見つかりません";
    const who = boxes.filter((box) => box.checked).map((box) => box.parentElement.querySelector("span").textContent);
    const conditions = [];
    if (pattern) conditions.push(`検索「${query.value.trim()}」`);
    if (who.length) conditions.push(`発言者 ${who.join("、")}`);
    $("condition").hidden = !narrowed;
    $("condition").textContent = narrowed ? `${conditions.join("、")}で絞り込み中：${status.textContent}` : "";
  }

  function go(to) {
    if (!hits) return;
    at = (to + hits) % hits;
    let low = 0, high = found.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (found[middle].before <= at) low = middle; else high = middle - 1;
    }
    paint(found[low].piece);
    for (const mark of text.querySelectorAll("mark.now")) mark.classList.remove("now");
    const marks = found[low].piece.querySelectorAll(`mark[data-hit="${at}"]`);
    for (const mark of marks) mark.classList.add("now");
    (marks[0] ?? found[low].piece).scrollIntoView({ block: "center" });
    status.textContent = `${number(at + 1)} / ${number(hits)}件`;
  }

  // A link leads to its turn whether or not it is hidden.
  function reveal(id) {
    const target = id && $(id);
    if (!target || !text.contains(target)) return;
    const piece = target.closest(".piece");
    if (piece?.classList.contains("out")) {
      piece.classList.remove("out");
      piece.closest("section.text").classList.remove("empty");
    }
    for (let up = target.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
  }
  const hash = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };
  window.addEventListener("hashchange", () => {
    reveal(hash());
    $(hash())?.scrollIntoView({ block: "start" });
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (!link) return;
    if (link.dataset.voice !== undefined && !event.ctrlKey && !event.metaKey) {
      for (const box of boxes) box.checked = box.value === link.dataset.voice;
      query.value = link.dataset.term ?? "";
      apply();
      if (hits) {
        event.preventDefault();
        go(0);
        return;
      }
      if (link.dataset.term) {
        query.value = "";
        apply();
      }
    }
    reveal(link.getAttribute("href").slice(1));
  });

  // In the timeline the tabulator goes from lane to lane, the arrows from turn to turn.
  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
    const other = step && event.target.matches?.(".track a") && event.target[step];
    if (!other) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    other.tabIndex = 0;
    other.focus();
  });

  query.addEventListener("focus", () => setTimeout(prepare)); // so that the first key stroke need not wait for it
  query.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  query.addEventListener("compositionend", soon);
  query.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // Enter that settles kana and kanji
    if (event.key === "Enter") {
      event.preventDefault();
      now();
      go(event.shiftKey ? (at < 0 ? hits - 1 : at - 1) : at + 1);
    } else if (event.key === "Escape") {
      query.value = "";
      apply();
    }
  });
  $("before").addEventListener("click", () => { now(); go(at < 0 ? hits - 1 : at - 1); });
  $("next").addEventListener("click", () => { now(); go(at + 1); });
  $("who")?.addEventListener("change", apply);
  $("around").addEventListener("change", (event) => text.classList.toggle("around", event.target.checked));
  $("reset").addEventListener("click", () => {
    query.value = "";
    for (const box of boxes) box.checked = false;
    apply();
    query.focus();
  });
  $("find").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("main details")) details.open = true;
    for (const { piece } of found) paint(piece);
  });

  $("find").hidden = false;
  if (matchMedia("(max-width: 60rem)").matches) $("who")?.removeAttribute("open");
  if (query.value || boxes.some((box) => box.checked)) apply(); // what the browser kept over a reload
  reveal(hash());
})();
