/** The page of an article: holds the parts together, and turns keys and buttons into verdicts. */

import { Actors } from "./actors.js";
import { Compare } from "./compare.js";
import { Editor } from "./editor.js";
import { Filters } from "./filters.js";
import { Items } from "./items.js";
import { Keys } from "./keys.js";
import { Notices } from "./notices.js";
import { ArticleText } from "./text.js";
import { load, send } from "./wire.js";
import { clock, make, precisionLine, say } from "./words.js";

const $ = (id) => document.getElementById(id);
const { next } = document.body.dataset;

const notices = new Notices($("live"), $("notice"), () => (editor?.isOpen ? editor.focus() : toList()));
/** Items, and undefined for what is about no item, with how many changes to them are on their way. */
const sending = new Map();
/** What this page has sent: of a verdict also the status before, to which an undo goes back at once. */
const trail = [];
let state;
let text;
let items;
let filters;
let editor;
let actors;
let compare;

const open = (id) => id && text.scrollTo(id);
const toList = () => $("items").focus({ preventScroll: true });

/** Make an item the current one, and show its evidence. */
function pick(id, { scroll = true, focus = false } = {}) {
  if (!id) return;
  items.pick(id);
  text.only("here", id);
  const item = items.items.get(id);
  text.paint("cue", item?.fields.cue ? [item.fields.cue] : []);
  if (scroll) open(id);
  if (focus) toList();
  summary();
}

/** Say below the list which item the buttons are about: where the list is out of sight, this is all there is. */
function summary() {
  const option = items.options.get(items.current);
  const parts = option ? [".head", ".status", ".what"].map((part) => option.querySelector(part).cloneNode(true)) : [];
  $("current").replaceChildren(...parts);
  $("current").dataset.status = option?.dataset.status ?? "";
  for (const key of ["accept", "reject", "edit"]) document.querySelector(`[data-act=${key}]`).disabled = !option;
}

function over(id) {
  text.only("over", id);
  items.over(id);
}

/** Show a state that came from the server. */
function show(fresh) {
  const before = state;
  state = fresh;
  const places = (s) => JSON.stringify(s.items.map((item) => [item.id, item.label, item.kind, item.fields.evidence]));
  const changed = items.show(state);
  if (!before || places(before) !== places(state)) text.draw(state.items);
  else for (const item of changed) text.update(item);
  filters.offer(state);
  numbers();
  if (!items.options.has(items.current)) items.current = null;
  if (items.current) pick(items.current, { scroll: false });
  else if (items.shown.length) pick(items.nextOpen() ?? items.shown[0], { scroll: Boolean(before) });
  else summary();
}

function numbers() {
  const open = state.items.filter((item) => item.status === "open").length;
  const total = state.items.length;
  $("shown").textContent = items.shown.length
    ? say("items_shown", { shown: items.shown.length, total, open })
    : say("no_items");
  $("progress").max = Math.max(total, 1);
  $("progress").value = total - open;
  $("progress-words").textContent = say("progress_of", { judged: total - open, total });
  $("precision").textContent = precisionLine(state.precision);
  document.querySelector("[data-act=complete] .name").textContent = say(state.complete ? "mark_open" : "mark_complete");
  document.body.classList.toggle("complete", state.complete);
}

function narrow() {
  items.byValue = filters.byValue;
  items.filter = filters.test();
  items.arrange();
  numbers();
  if (!items.shown.includes(items.current)) pick(items.shown[0], { scroll: false });
  else pick(items.current, { scroll: false });
}

/** Send a wish and show what came of it; return whether it was written. */
async function wish(made, { said, seen = null, before = null, done = () => {} } = {}) {
  const step = { id: made.item, before };
  if (made.action !== "undo") trail.push(step);
  const last = () => state.items.find((item) => item.id === made.item)?.seen ?? state.last;
  // What was seen is what stood there when the key was pressed; unless a change of our own to it is still on its way.
  const known = sending.has(made.item) ? null : last();
  sending.set(made.item, (sending.get(made.item) ?? 0) + 1);
  const answer = await send(() => ({ ...made, seen: seen ?? known ?? last() }));
  if (sending.get(made.item) > 1) sending.set(made.item, sending.get(made.item) - 1);
  else sending.delete(made.item);
  if (answer.state && !answer.conflict) {
    notices.clear();
    show(answer.state);
    notices.say(said);
    done();
    return true;
  }
  if (trail.includes(step)) trail.splice(trail.indexOf(step), 1);
  if (answer.conflict) {
    show(answer.state);
    const words = [told(answer.conflict), say("conflict_text")];
    const mine = () => wish(made, { said, done });
    const again = made.action === "undo" ? [] : [[say("conflict_mine"), mine]];
    notices.show(say("conflict_title"), words, [...again, [say("conflict_leave"), () => {}]]);
    return false;
  }
  // What was shown ahead of the answer is taken back.
  items.options.forEach((_, id) => items.mark(id, items.items.get(id).status));
  summary();
  if (answer.lost) notices.show(say(answer.lost), [], [[say("try_again"), () => wish(made, { said, seen, done })]]);
  else if (made.action === "undo") notices.say(say("undo_none"));
  else notices.show(say("not_saved", { reason: answer.error }), [], [[say("close"), () => {}]]);
  return false;
}

/** Say who changed what. */
function told(change) {
  const item = state.items.find((one) => one.id === change.item)?.label ?? "";
  const { who, actor, into } = change;
  return say(`did_${change.action}`, { who, item, actor, into, when: clock(change.when) });
}

/** Judge the current item and go on: the answer is shown at once, and taken back should it not be written. */
async function judge(action) {
  const id = items.current;
  if (!id || editor.isOpen) return;
  const { label } = items.items.get(id);
  const before = items.options.get(id).dataset.status;
  const status = action === "accept" ? "accepted" : "rejected";
  items.mark(id, status);
  const to = items.nextOpen();
  if (to) pick(to);
  else summary();
  const said = say(`${status}_now`, { item: label });
  if ((await wish({ action, item: id }, { said, before })) && !state.queue.length) notices.say(`${said} ${say("all_judged")}`);
}

async function undo() {
  const before = new Map(state.items.map((item) => [item.id, item.seen]));
  const step = trail.pop();
  if (step?.before) {
    items.mark(step.id, step.before);
    pick(step.id);
  }
  if (!(await wish({ action: "undo" }, { said: say("undone_now") }))) return;
  const touched = state.items.find((item) => before.has(item.id) && before.get(item.id) !== item.seen);
  if (touched) pick(touched.id);
}

async function save(item, fields) {
  const made = item ? { action: "edit", item: item.id, fields } : { action: "add", fields };
  const said = item ? say("edited_now", { item: item.label }) : say("added_now");
  const number = state.last;
  const done = () => {
    editor.close();
    const added = state.items.find((one) => !item && one.seen > number && one.id.startsWith("added-"));
    if (added) pick(added.id);
    else if (item) pick(items.nextOpen() ?? item.id);
  };
  await wish(made, { said, seen: item?.seen ?? null, done });
}

/** Open the form, unless it is open: what is written in it is not thrown away. */
function write(item) {
  if (editor.isOpen) editor.focus();
  else editor.open(item, state.actors, item ? null : text.selected);
}

const edit = () => items.current && write(items.items.get(items.current));
const add = () => write(null);

const complete = () =>
  wish({ action: state.complete ? "reopen" : "complete" }, { said: say(state.complete ? "reopened_now" : "completed_now") });

const acts = {
  accept: () => judge("accept"),
  reject: () => judge("reject"),
  edit, undo, add, complete,
  next: () => pick(items.beside(1)),
  previous: () => pick(items.beside(-1)),
  first: () => pick(items.shown[0]),
  last: () => pick(items.shown.at(-1)),
  actors: () => actors.open(state, items.items.get(items.current)?.fields.actors[0]),
  compare: () => compare.open(state),
  help: () => $("help").showModal(),
  search: () => {
    panel("items");
    $("filters").elements.search.focus();
  },
  take: () => editor.isOpen && editor.takeSelection(),
  article: () => location.assign(next ? `/articles/${encodeURIComponent(next)}` : "/"),
};

/** On a narrow screen either the article or the list is seen. */
function panel(name) {
  document.body.dataset.panel = name;
  for (const tab of document.querySelectorAll("[data-panel-of]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.panelOf === name));
  }
}

async function start() {
  const first = await load();
  const list = $("items");
  text = new ArticleText($("text"), first.article.text, { onpick: (id) => pick(id, { scroll: false }), onover: over });
  items = new Items(list, { onpick: pick, onover: over, onedit: edit });
  filters = new Filters($("filters"), narrow);
  editor = new Editor($("editor"), text, { onsave: save, onclose: toList });
  actors = new Actors($("actors"), {
    onwish: async (made) => {
      const written = await wish(made, { said: say("actors_now"), seen: state.last });
      actors.show(state, made.action === "split" ? made.actor : made.into);
      if (!written) actors.dialog.close();
      return written;
    },
  });
  compare = new Compare($("compare"), {
    onpick: (id) => pick(id, { focus: true }),
    onlost: (reason) => notices.show(say(reason), [], [[say("try_again"), acts.compare]]),
    onverdict: async (verdicts) => {
      for (const [action, item] of verdicts) {
        const said = say(`${action}ed_now`, { item: items.items.get(item).label });
        if (!(await wish({ action, item }, { said }))) return compare.dialog.close();
      }
      return undefined;
    },
  });
  items.byValue = filters.byValue;
  items.filter = filters.test();
  show(first);
  new Keys(acts, list);
  for (const button of document.querySelectorAll("[data-act]")) {
    button.addEventListener("click", () => acts[button.dataset.act]());
  }
  for (const button of document.querySelectorAll("dialog [data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  for (const tab of document.querySelectorAll("[data-panel-of]")) {
    tab.addEventListener("click", () => panel(tab.dataset.panelOf));
  }
  toList();
  document.body.dataset.ready = "true";
}

start().catch(() => notices.show(say("no_server"), [], [[say("try_again"), () => location.reload()]]));
