/** The article's text, with the evidence marked and every mark tied to its items. */

import { Offsets } from "./offsets.js";
import { make, say } from "./words.js";

const KINDS = ["claim", "stance", "agreement"];

export class ArticleText {
  constructor(root, text, { onpick, onover }) {
    this.root = root;
    this.offsets = new Offsets(text);
    this.onpick = onpick;
    /** The last selection in the article, in code points: it outlives a visit to a field. */
    this.selected = null;
    document.addEventListener("selectionchange", () => this.remember());
    root.addEventListener("click", (event) => {
      const label = event.target.closest("button.label");
      if (label) return onpick(label.dataset.item);
      const piece = event.target.closest("mark");
      if (piece && document.getSelection().isCollapsed) onpick(this.topmost(piece));
    });
    root.addEventListener("pointerover", (event) => {
      const piece = event.target.closest("mark, button.label");
      onover(piece ? (piece.dataset.item ?? this.topmost(piece)) : null);
    });
    root.addEventListener("pointerleave", () => onover(null));
  }

  /** Draw the text and the marks of all items anew. */
  draw(items) {
    const { text } = this.offsets;
    this.nodes = [];
    this.starts = new WeakMap();
    this.pieces = new Map(items.map((item) => [item.id, []]));
    this.held = new WeakMap();
    this.items = new Map(items.map((item) => [item.id, item]));
    const spans = items.flatMap((item) =>
      item.fields.evidence.map(([s, e], n) => ({ item, n, start: this.offsets.unit(s), end: this.offsets.unit(e) })),
    );
    const opens = Map.groupBy ? Map.groupBy(spans, (span) => span.start) : grouped(spans);
    const cuts = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
    const page = document.createDocumentFragment();
    const live = new Set();
    let next = 0;
    for (const { index, 0: line } of text.matchAll(/[^\r\n]+/g)) {
      const paragraph = document.createElement("p");
      const end = index + line.length;
      let at = index;
      while (at < end) {
        while (next < cuts.length && cuts[next] <= at) {
          for (const span of live) if (span.end <= cuts[next]) live.delete(span);
          for (const span of opens.get(cuts[next]) ?? []) live.add(span);
          next += 1;
        }
        for (const span of opens.get(at) ?? []) if (!span.n) paragraph.append(this.label(span.item));
        const to = Math.min(end, cuts[next] ?? end);
        paragraph.append(this.piece(at, to, live));
        at = to;
      }
      page.append(paragraph);
    }
    this.root.replaceChildren(page);
  }

  label(item) {
    const button = make("button", {
      class: `label ${item.kind}`, type: "button", tabindex: "-1", "data-item": item.id, "data-label": item.label,
      "aria-label": `${say(item.kind)} ${item.label}`,
    });
    this.pieces.get(item.id).push(button);
    button.classList.toggle("out", item.status === "rejected");
    return button;
  }

  piece(start, end, live) {
    const node = document.createTextNode(this.offsets.text.slice(start, end));
    this.nodes.push({ node, start });
    this.starts.set(node, start);
    if (!live.size) return node;
    const mark = make("mark", {}, node);
    const ids = new Set([...live].map((span) => span.item.id));
    this.held.set(mark, ids);
    for (const id of ids) this.pieces.get(id).push(mark);
    this.dress(mark);
    return mark;
  }

  /** Give a piece the looks of the items that hold it; a rejected one shows no more. */
  dress(mark) {
    const kinds = new Set();
    for (const id of this.held.get(mark)) {
      const item = this.items.get(id);
      if (item.status !== "rejected") kinds.add(item.kind);
    }
    for (const kind of KINDS) mark.classList.toggle(kind, kinds.has(kind));
  }

  /** Show an item as it now stands, where its evidence is still the same. */
  update(item) {
    this.items.set(item.id, item);
    for (const piece of this.pieces.get(item.id) ?? []) {
      if (piece.dataset.item) piece.classList.toggle("out", item.status === "rejected");
      else this.dress(piece);
    }
  }

  /** The shortest of the items that hold a piece: the longer ones can be reached beside it. */
  topmost(piece) {
    const length = (id) => this.items.get(id).fields.evidence.reduce((sum, [s, e]) => sum + e - s, 0);
    return [...(this.held.get(piece) ?? [])].sort((a, b) => length(a) - length(b))[0] ?? null;
  }

  /** Mark the pieces of an item, and those of no other, with a class. */
  only(name, id) {
    for (const piece of this.root.querySelectorAll(`.${name}`)) piece.classList.remove(name);
    for (const piece of this.pieces.get(id) ?? []) piece.classList.add(name);
  }

  /** Bring an item's evidence into view. */
  scrollTo(id) {
    const [first] = this.pieces.get(id) ?? [];
    first?.scrollIntoView({ block: "center" });
  }

  /** Paint spans of code points without touching the text, where the browser can. */
  paint(name, spans) {
    if (!globalThis.Highlight) return;
    CSS.highlights.set(name, new Highlight(...spans.map((span) => this.range(span))));
  }

  range([start, end]) {
    const range = document.createRange();
    range.setStart(...this.spot(this.offsets.unit(start), true));
    range.setEnd(...this.spot(this.offsets.unit(end), false));
    return range;
  }

  /** Return the node and the place in it of a unit; between two nodes, the later one for a beginning. */
  spot(unit, beginning) {
    let low = 0;
    let high = this.nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const { start } = this.nodes[middle];
      if (beginning ? start <= unit : start < unit) low = middle;
      else high = middle - 1;
    }
    const { node, start } = this.nodes[low];
    return [node, Math.min(unit - start, node.length)];
  }

  remember() {
    const selection = document.getSelection();
    if (!selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    // A paragraph selected by three clicks ends where the next begins, and that may be outside.
    if (!range.intersectsNode(this.root)) return;
    this.selected = range.collapsed
      ? null
      : this.offsets.trimmed(
          this.unitOf(range.startContainer, range.startOffset),
          this.unitOf(range.endContainer, range.endOffset),
        );
  }

  /** Let go of what was selected: it was of use, and must not turn up in the next item. */
  forget() {
    this.selected = null;
    document.getSelection().removeAllRanges();
  }

  /** Return the unit of the text at a boundary of the document. */
  unitOf(container, offset) {
    if (this.starts.has(container)) return this.starts.get(container) + offset;
    const boundary = document.createRange();
    boundary.setStart(container, offset);
    const after = this.nodes.find(({ node }) => boundary.comparePoint(node, 0) >= 0);
    if (!after) return this.offsets.text.length;
    // Between two paragraphs: the earlier ends where its last piece ends.
    return after.start;
  }
}

function grouped(spans) {
  const groups = new Map();
  for (const span of spans) groups.set(span.start, [...(groups.get(span.start) ?? []), span]);
  return groups;
}
