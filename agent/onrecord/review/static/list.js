/** The list of articles: search and filters, and the precision over all of them. */

import { plain, precisionLine, say } from "./words.js";

const form = document.getElementById("filters");
const articles = [...document.querySelectorAll("#articles > li")];

function narrow() {
  const { search, model, prompt, state } = form.elements;
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const article of articles) {
    const { models, prompts, states } = article.dataset;
    const text = plain(article.querySelector(".name").textContent);
    const fits =
      words.every((word) => text.includes(word)) &&
      (!model.value || JSON.parse(models).includes(model.value)) &&
      (!prompt.value || JSON.parse(prompts).includes(prompt.value)) &&
      (!state.value || states.split(" ").includes(state.value));
    article.hidden = !fits;
    shown += fits;
  }
  const total = articles.length;
  document.getElementById("shown").textContent = shown ? say("articles_shown", { shown, total }) : say("no_articles");
}

form.addEventListener("input", narrow);
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("precision").textContent = precisionLine(
  JSON.parse(document.getElementById("precision-data").textContent),
);
// A browser that comes back to the page fills the fields in again.
narrow();
document.body.dataset.ready = "true";
