/** Places in a text: the server counts code points, the browser UTF-16 units. */

export class Offsets {
  constructor(text) {
    this.text = text;
    // Where all characters are single units, and that is nearly always, both counts are the same.
    this.units = /[\ud800-\udbff][\udc00-\udfff]/.test(text) ? starts(text) : null;
  }

  /** Return the unit at which a code point begins. */
  unit(point) {
    return this.units ? this.units[Math.min(point, this.units.length - 1)] : point;
  }

  /** Return the code point that holds a unit. */
  point(unit) {
    if (!this.units) return unit;
    let low = 0;
    let high = this.units.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.units[middle] <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Return the words between two code points. */
  quote([start, end]) {
    return this.text.slice(this.unit(start), this.unit(end));
  }

  /** Return a span of units without the white space at its ends, in code points, or null where nothing is left. */
  trimmed(start, end) {
    while (start < end && /\s/.test(this.text[start])) start += 1;
    while (end > start && /\s/.test(this.text[end - 1])) end -= 1;
    if (start >= end) return null;
    const last = this.point(end);
    // Half a character was selected: the whole of it is meant.
    return [this.point(start), this.unit(last) < end ? last + 1 : last];
  }

  /** Return the place of words that is nearest to a code point, in code points, or null. */
  find(words, near = 0) {
    // An empty string is found without end.
    if (!words) return null;
    const from = this.unit(near);
    let best = -1;
    const [text, wanted] = [typed(this.text), typed(words)];
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      if (best < 0 || Math.abs(at - from) < Math.abs(best - from)) best = at;
    }
    return best < 0 ? null : this.trimmed(best, best + words.length);
  }

  /** Move one end of a span by a word; return the span as it was where it cannot be moved. */
  moved([start, end], which, step) {
    const edges = this.edges ?? (this.edges = wordEdges(this.text));
    const list = which === "start" ? edges.starts : edges.ends;
    const from = this.unit(which === "start" ? start : end);
    const to = step > 0 ? list.find((edge) => edge > from) : list.findLast((edge) => edge < from);
    if (to === undefined) return [start, end];
    const span = which === "start" ? [this.point(to), end] : [start, this.point(to)];
    return span[0] < span[1] ? span : [start, end];
  }
}

/** As a keyboard has it: straight quotes and plain spaces, unit for unit. */
const typed = (text) => text.replace(/\s/g, " ").replace(/[’‘ʼ]/g, "'").replace(/[«»“”„]/g, '"');

function starts(text) {
  const found = [0];
  for (const character of text) found.push(found[found.length - 1] + character.length);
  return Uint32Array.from(found);
}

function wordEdges(text) {
  const found = { starts: [], ends: [] };
  for (const { index, 0: word } of text.matchAll(/\S+/g)) {
    found.starts.push(index);
    found.ends.push(index + word.length);
  }
  return found;
}
