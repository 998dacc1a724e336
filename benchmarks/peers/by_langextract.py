"""google/langextract on one article: reads a job as JSON from stdin, writes what was found to stdout."""

import json
import sys
import time

import langextract as lx
from langextract.data import ExampleData, Extraction
from langextract.providers.openai import OpenAILanguageModel

PROMPT = """\
Extract claims, stances and agreements from a news article, in order of appearance, with the exact words of the text.
- claim: a statement that the text attributes to a person, an organisation or an unnamed source (reported speech or
  writing). The extraction text is what is claimed, without the attribution ("a déclaré X", "Selon X,") and without the
  quotation marks. Attribute speaker: the full name of whoever makes the statement, pronouns and descriptions followed
  back to the name. Nothing that the journalist tells in his own voice is a claim.
- stance: somebody approves, wants, asks for (support), rejects, criticises, warns against (oppose) something, or
  supports it on a condition (mixed). The extraction text is the clause that shows it. Attributes holder and polarity.
- agreement: parties agree, sign, share a view, or one puts an offer to the other, turns it down, or leaves what was
  agreed. The extraction text is the clause that says it. Attributes parties (full names) and status: proposed, agreed,
  signed, in_force, rejected or ended.
Do not paraphrase. Extract nothing that is not in the text."""

FRENCH = ExampleData(
    text=(
        "La maire de Vauclaire, Ida Roux, a proposé au syndicat une trêve de trois semaines. Le syndicat l'a refusée. "
        "« Cette offre est une insulte », a déclaré son secrétaire, Paul Mas. Selon lui, les caisses sont pleines. "
        "La ville compte douze mille habitants."
    ),
    extractions=[
        Extraction(
            "stance",
            "La maire de Vauclaire, Ida Roux, a proposé au syndicat une trêve de trois semaines",
            attributes={"holder": "Ida Roux", "polarity": "support"},
        ),
        Extraction(
            "agreement",
            "Le syndicat l'a refusée",
            attributes={"parties": ["Ida Roux", "le syndicat"], "status": "rejected"},
        ),
        Extraction("claim", "Cette offre est une insulte", attributes={"speaker": "Paul Mas"}),
        Extraction("stance", "Cette offre est une insulte", attributes={"holder": "Paul Mas", "polarity": "oppose"}),
        Extraction("claim", "les caisses sont pleines", attributes={"speaker": "Paul Mas"}),
    ],
)
ENGLISH = ExampleData(
    text=(
        "The Tarn valley council and the dam company agreed on Friday to share the costs. “This is a fair deal,” said "
        "the council's chair, Ida Rowe. She warned that the valley would flood again. According to the company, work "
        "starts in May. The dam was built in 1962."
    ),
    extractions=[
        Extraction(
            "agreement",
            "The Tarn valley council and the dam company agreed on Friday to share the costs",
            attributes={"parties": ["Tarn valley council", "dam company"], "status": "agreed"},
        ),
        Extraction("claim", "This is a fair deal", attributes={"speaker": "Ida Rowe"}),
        Extraction("stance", "This is a fair deal", attributes={"holder": "Ida Rowe", "polarity": "support"}),
        Extraction("claim", "the valley would flood again", attributes={"speaker": "Ida Rowe"}),
        Extraction("claim", "work starts in May", attributes={"speaker": "dam company"}),
    ],
)


def main() -> None:
    """Extract, and write items with the characters they were placed on."""
    job = json.load(sys.stdin)
    started = time.monotonic()
    model = OpenAILanguageModel(
        model_id=job["model"], base_url=job["base_url"], api_key=job["api_key"], temperature=0.0, max_workers=1
    )
    first = FRENCH if job["lang"] == "fr" else ENGLISH
    result = lx.extract(
        text_or_documents=job["text"],
        prompt_description=PROMPT,
        examples=[first, ENGLISH if first is FRENCH else FRENCH],
        model=model,
        fence_output=False,
        use_schema_constraints=False,
        max_char_buffer=1500,
        max_workers=1,
        show_progress=False,
    )
    items, unplaced = [], 0
    for found in result.extractions or []:
        where, told = found.char_interval, found.attributes or {}
        if where is None or where.start_pos is None or where.end_pos is None:
            unplaced += 1
            continue
        who = told.get("speaker") or told.get("holder") or told.get("parties") or []
        items.append(
            {
                "kind": found.extraction_class,
                "actors": [who] if isinstance(who, str) else who,
                "polarity": told.get("polarity"),
                "status": told.get("status"),
                "spans": [[where.start_pos, where.end_pos]],
            }
        )
    json.dump({"items": items, "unplaced": unplaced, "seconds": time.monotonic() - started}, sys.stdout)


if __name__ == "__main__":
    main()
