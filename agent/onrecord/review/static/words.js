/** The words of the page, in its language. */

const words = JSON.parse(document.getElementById("words").textContent);
const lang = document.documentElement.lang;
const plural = new Intl.PluralRules(lang);
const percent = new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 0 });

export const knows = (key) => key in words;

/** Return the words for a key, the names in braces filled in. */
export function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Return the words for a number of things. */
export const count = (key, n) => say(`${key}_${plural.select(n) === "one" ? "one" : "other"}`, { n });

/** Return the line on precision: estimate, interval, and how many more would tighten it. */
export function precisionLine({ judged, estimate, low, high, more }) {
  if (estimate === null || low === null || high === null) return say("precision_none");
  const line = say("precision_line", {
    judged, estimate: percent.format(estimate), low: percent.format(low), high: percent.format(high),
  });
  if (more === null) return line;
  return `${line} ${more ? count("precision_more", more) : say("precision_enough")}`;
}

/** Without case and accents: who searches «evenement» means «événement» too. */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Return a time of the log as the reader's clock shows it. */
export const clock = (when) => new Date(when).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });

/** Make an element: attributes, `text`, and children; never from markup. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") element.textContent = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
