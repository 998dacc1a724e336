"""Who agrees with whom: by the clause where it names two sides, else by a question."""

from collections.abc import Sequence

from onrecord.again import Again
from onrecord.answers import PartiesAnswer
from onrecord.asides import without_time
from onrecord.counterparts import counterpart
from onrecord.cues import Cues
from onrecord.dealings import tied
from onrecord.enumerations import several
from onrecord.listings import listed as listed_beside
from onrecord.matching import Token, capital, holds, match_at, only, tokens
from onrecord.nouns import across, bare_noun, is_somebody, many, noun, of_deal, of_group
from onrecord.phrases import leading
from onrecord.pieces import Piece
from onrecord.records import Status
from onrecord.replies import Replies
from onrecord.sides import Signal, conjuncts, inverted, subject_of
from onrecord.telling import having, tellers
from onrecord.those import Those
from onrecord.whom import Whom

# A noun of fewer characters may stand for a party that was not named before.
_NOUN = 56
# So soon after "both" its noun comes.
_MAX_NOUN = 2
# An article that has gone into its preposition is no longer, with the space after it: «aux (investisseurs)».
_MAX_ARTICLE = 5
# What shows no deal of several who are named as one: «Les nouvelles règles sont en vigueur».
_OF_TWO = ("rejected", "proposed", "in_force")


class Parties:
    """Finds the parties of the agreements of one article."""

    def __init__(self, whom: Whom) -> None:
        self.whom, self.text = whom, whom.text
        self.roster, self.draft = whom.draft.roster, whom.draft
        self.replies = Replies(self.text, self.draft)
        self.those = Those(whom)
        cues = whom.layout.cues
        self.again = Again(whom.layout, lambda at, piece: self._sides(at, piece, cues, []) if cues else [])

    def of(self, at: int, signal: Signal[Status]) -> list[str]:
        """Return the parties of the agreement that an expression in sentence `at` shows."""
        cues = self.whom.layout.cues
        found = self._of(at, signal, cues) if cues else []
        if cues and len(found) > 1:
            if self.again.is_told(signal, found, self.draft.agreements, cues):
                return []
            self.again.told(at, signal, found, cues)
        return found

    def _of(self, at: int, signal: Signal[Status], cues: Cues) -> list[str]:
        if len(signal.sides) == 1:
            # "the truce that both sides agreed"
            return self.those.both(at, tokens(self.text, *signal.sides[0])) or []
        names = [n for s in signal.sides for n in self._side(at, s, cues, [p for p in signal.sides if p != s])]
        if len(dict.fromkeys(names)) > 1:
            return list(dict.fromkeys(names))
        if bound := self._bound(at, signal, cues):
            return bound
        if together := tellers(self.text, self.draft, signal, cues):
            owners = self.again.owners(at, signal, together, cues) if signal.label == "rejected" else []
            return [*together, *owners]

        def whom(piece: Piece | None) -> list[str]:
            pronoun = None if piece else self._pronoun(at, signal, cues)
            return self._sides(at, piece, cues, []) if piece else [pronoun] if pronoun else []

        if (reply := self.replies.of(signal, cues, whom)) is not None:
            return reply
        told = tokens(self.text, *signal.cue)
        lasting = match_at(told, 0, [verb for verbs in cues.lasting.values() for verb in verbs])
        if lasting and not any(match_at(told, i, cues.deals) for i in range(len(told))):
            # «Le texte reste en vigueur»: it does not say between whom.
            return []
        ahead = inverted(self.text, signal, cues) or (signal.clause[0], signal.cue[0])
        start = without_time(tokens(self.text, *ahead), cues)
        again = match_at(start, 0, cues.both)
        # «Les deux autres accords»
        deals = any(match_at(start, k, cues.deals) for k in range(again, again + _MAX_NOUN))
        again = 0 if deals or conjuncts(self.text, signal, cues) else again
        if not again and (between := self._between_both(signal, cues)) and (two := self.those.both(at, between)):
            return two
        if again and (two := self.those.both(at, start)):
            return two
        nouns = self._named(signal, cues, again=bool(again))
        if counted := self.those.counted(at, nouns, cues):
            return counted
        found = [name for piece in nouns for name in self._sides(at, piece, cues, [p for p in nouns if p != piece])]
        if not again and not (nouns and nouns[0][1] <= signal.cue[0]):
            side = self._pronoun(at, signal, cues) or having(self.text, self.draft, signal, cues)
            found = [side, *found] if side else found
        if not found and not nouns and not again and self._elided(at, signal, cues):
            # «X a salué le texte et refusé l'offre»: one side alone.
            return []
        found = list(dict.fromkeys(found))
        if signal.label == "ended" and found and (left := self._left(found)):
            return left
        alone = found and not (nouns and nouns[-1][0] > signal.cue[0])
        owners = self.again.owners(at, signal, found, cues) if alone else []
        if owners and (len(found) == 1 or signal.label in ("signed", "rejected")):
            return [*found, *owners]
        if len(found) > 1 or (found and self.together(signal) and signal.label not in _OF_TWO):
            return found
        if nouns and not found:
            # «Un accord provisoire, que …»: nobody is named, and nobody meant.
            return []
        if found and not again:
            # What one side does alone is no agreement; but who turns something down was offered it.
            offered = signal.label == "proposed" and self._to_pronoun(signal, cues)
            one_sided = signal.label != "rejected" and not offered and not self._shares(signal, cues)
            asked = self.again.asked(at, signal, cues)
            other = None if one_sided else asked or self._other(at, signal, found, cues)
            if signal.label == "proposed" and not other:
                self.replies.offered(signal, found)
            return [*found, other] if other else []
        if not (again or self.together(signal) or self._shares(signal, cues) or holds(told, cues.deals)):
            # «Il s’agit de parapher»: of a verb alone whose subject is nobody there is nobody to ask for.
            return []
        words = self.whom.quote(signal.clause[0], signal.cue[1])
        given = self.whom.ask("parties", PartiesAnswer, self.whom.named(at), number=at + 1, cue=words).parties
        chosen = [self.roster.find(name) or self.roster.add(name) for name in given]
        # Of one side the clause tells; the model is asked for the other.
        rest = [name for name in chosen if name not in found]
        return [*found, *rest[:1]] if found else list(dict.fromkeys(chosen))

    def _between_both(self, signal: Signal[Status], cues: Cues) -> list[Token]:
        """Return the words that name again those between whom a deal is: «los acuerdos entre ambos países»."""
        words = tokens(self.text, *signal.clause)
        links = (k + n for k in range(len(words)) if (n := match_at(words, k, cues.between)))
        return next((words[k:] for k in links if match_at(words, k, cues.both)), [])

    def _bound(self, at: int, signal: Signal[Status], cues: Cues) -> list[str]:
        """Return those whom the words of a deal name: «l'accord entre A et B», «le contrat qui lie A à B»."""
        words = tokens(self.text, *signal.clause)
        found: list[str] = []
        done = [verb for verbs in cues.dealing.values() for verb in verbs]
        for i in range(len(words)):
            sides: list[Piece] = []
            by = match_at(words, i, cues.by) if any(match_at(words, k, done) for k in range(max(0, i - 4), i)) else 0
            if count := match_at(words, i, cues.between) or by:
                sides = several(self.text, noun(self.text, words, i + count, cues), cues)
            elif count := match_at(words, i, cues.binding):
                sides, _ = tied(self.text, words, i + count, cues)
                if len(sides) == 1 and i and match_at(words, i - 1, cues.clitics):
                    # «Le contrat qui l'unit au club»
                    sides = [(words[i - 1].start, words[i - 1].end), *sides]
            if len(sides) > 1:
                found = [n for s in sides for n in self._side(at, s, cues, [p for p in sides if p != s])]
            if len(dict.fromkeys(found)) > 1:
                return list(dict.fromkeys(found))
        return []

    def _side(self, at: int, piece: Piece, cues: Cues, others: Sequence[Piece]) -> list[str]:
        """Return whom a noun or the pronoun before a verb names."""
        words = tokens(self.text, *piece)
        if len(words) == 1 and match_at(words, 0, cues.things):
            meant = self._thing(at, piece, others)
            return [meant] if meant else []
        if len(words) == 1 and match_at(words, 0, [*cues.clitics, *cues.objects, *cues.singular]):
            salience = self.whom.salience
            ranked = salience.ranked(at, piece[0], None, others, anybody=True) if salience else []
            return ranked[:1]
        return self._sides(at, piece, cues, others)

    def _thing(self, at: int, piece: Piece, others: Sequence[Piece]) -> str | None:
        """Return what "it" means: what the sentence names first, if that is no person, else what was spoken of."""
        genders, start = self.whom.genders, self.whom.layout.sentences[at].start
        ahead = [n for n in self.roster.first_in(self.text[start : piece[0]]) if genders and not genders.of(n)]
        return ahead[0] if ahead else self.whom.is_meant(at, piece, None, others)

    def _left(self, found: list[str]) -> list[str] | None:
        """Return all the parties of the agreement that somebody leaves, where the article told of it."""
        before = [a.parties for a in self.draft.agreements if set(found) < set(a.parties)]
        return before[-1] if before else None

    def _elided(self, at: int, signal: Signal[Status], cues: Cues) -> bool:
        """Tell whether a clause without a subject goes on with what its sentence begins with, a pronoun or a name."""
        skip = [*cues.conjunctions, *cues.auxiliaries, *cues.adverbs]
        start = self.whom.layout.sentences[at].start
        ahead = tokens(self.text, start, signal.clause[0])
        bare = only(tokens(self.text, signal.clause[0], signal.cue[0]), skip)
        return bool(ahead and bare and (match_at(ahead, 0, cues.singular) or leading(self.text, ahead, cues)))

    def _to_pronoun(self, signal: Signal[Status], cues: Cues) -> bool:
        """Tell whether an offer is made to a pronoun: "offered him a seat", «lui a proposé»."""
        words = tokens(self.text, signal.clause[0], signal.cue[1])
        return any(match_at(words, i, cues.objects) for i in range(len(words)))

    def together(self, signal: Signal[Status]) -> bool:
        """Tell whether several who agree are named as one: «Les Vingt-Sept se sont accordés»."""
        cues = self.whom.layout.cues
        alone = subject_of(self.text, signal, cues) if cues else None
        several_in_one = bool(cues and alone and many(tokens(self.text, *alone), cues))
        return several_in_one and not (cues and counterpart(self.text, signal, cues))

    def _shares(self, signal: Signal[Status], cues: Cues) -> bool:
        """Tell whether a view is shared, with somebody whom the clause need not name."""
        words = tokens(self.text, *signal.cue)
        return any(match_at(words, i, cues.shared) for i in range(len(words)))

    def _other(self, at: int, signal: Signal[Status], found: list[str], cues: Cues) -> str | None:
        """Return the other side of a clause that names one: whoever is spoken of, as a refusal follows an offer."""
        salience, descriptions = self.whom.salience, self.whom.descriptions
        if not salience or not descriptions:
            return None
        # What a company turns down another offered.
        thing = descriptions.thing(found[0])
        ranked = salience.ranked(at, signal.cue[1], None, anybody=thing)
        # "Bell's board rejected it": Bell did not offer it.
        telling = self.those.telling(signal.clause[0])
        others = [n for n in ranked if n not in telling and not any(n in name for name in found)]
        # "the Free Trade Agreement" is nobody.
        others = [n for n in others if not of_deal(n, cues)]
        fitting = [n for n in others if not thing or descriptions.thing(n)]
        # A person agrees with a person, if one is spoken of.
        persons = [n for n in fitting if not thing and self.whom.genders and self.whom.genders.of(n)]
        return next(iter([*persons, *fitting]), None)

    def _pronoun(self, at: int, signal: Signal[Status], cues: Cues) -> str | None:
        """Return whom the last singular pronoun before an expression means: "in May he agreed"."""
        if behind := inverted(self.text, signal, cues):
            pronoun = match_at(tokens(self.text, *behind), 0, cues.singular)
            return self.whom.is_meant(at, behind, None) if pronoun else None
        words = tokens(self.text, signal.clause[0], signal.cue[0])
        found = [
            w for i, w in enumerate(words) if match_at(words, i, cues.singular) and not match_at(words, i, cues.objects)
        ]
        return self.whom.is_meant(at, (found[-1].start, found[-1].end), None) if found else None

    def _named(self, signal: Signal[Status], cues: Cues, *, again: bool) -> list[Piece]:
        """Return the nouns of a clause that may name its sides: its subject, and who stands across from it."""
        together = conjuncts(self.text, signal, cues)
        other = counterpart(self.text, signal, cues)
        ahead = tokens(self.text, signal.cue[0], other[0])[-2:] if other else []
        # «Le texte, signé par A et B», «Les deux dirigeants sont convenus»: the subject names nobody.
        passive = any(match_at(ahead, i, [*cues.by, *cues.between]) for i in range(len(ahead)))
        # "turned down an offer by Acme": the offer is Acme's, and who turns it down stands before.
        passive = passive and not (match_at(ahead, 0, cues.offers) and match_at(ahead, 1, cues.by))
        # «Le syndicat a paraphé le protocole proposé par la mairie»: who did it is told besides.
        told = len(ahead) > 1 and ahead[0].start > signal.cue[0]
        passive = passive and not (told and match_at(ahead, 0, cues.relating.get("proposed", [])))
        alone = None if passive or together or again else subject_of(self.text, signal, cues)
        plural = alone and match_at(tokens(self.text, *alone), 0, cues.plural)
        if (
            alone
            and plural
            and not other
            and not self.together(signal)
            and not self.roster.find(self.whom.quote(*alone))
        ):
            # «Les présidents» are persons that the article names elsewhere.
            alone = None
        return [*together, *([alone] if alone else []), *([other] if other else [])]

    def _sides(self, at: int, piece: Piece, cues: Cues, others: Sequence[Piece]) -> list[str]:
        """Return whom a noun names: one actor or, where it is no known name as a whole, each of those it lists.

        A pronoun means none of the others.
        """
        if parts := listed_beside(self.text, piece, cues):
            names = (self.whom.quote(*part) for part in parts)
            return [self.roster.find(name) or self.roster.add(name) for name in names]
        nouns = tokens(self.text, *piece)
        bare = bare_noun(self.text, nouns, cues)
        if bare and any(match_at(nouns, k, cues.conjunctions) for k in range(bare, len(nouns))):
            # "rivals Acme and Bell"
            piece = nouns[bare].start, piece[1]
        if of_group(self.whom.quote(*piece), cues):
            return [self.roster.apart(self.whom.quote(*piece))]
        # "the Society of Authors (SoA)"
        words = self.whom.quote(*piece).split(" (")[0]
        if match_at(tokens(self.text, *piece), 0, cues.both) and others:
            # "an invitation from the two senators"
            across_from = [name for other in others for name in self._sides(at, other, cues, [])]
            both = self.those.both(at, tokens(self.text, *piece)) or []
            return both if not set(both) & set(across_from) else []
        if match_at(tokens(self.text, *piece), 0, [*cues.singular, *cues.first_person]):
            # «Peter Altmaier et lui», told by whoever speaks of himself so.
            told = self.draft.told_at(piece[0])
            meant = told[-1].speaker if told else self.whom.is_meant(at, piece, None, others)
            return [meant] if meant else []
        joined = any(match_at([w], 0, cues.conjunctions) for w in tokens(words))
        # «Motion Picture and Television Producers» is one name; «A et B» holds two, of which B is no name for both.
        parts = several(self.text, tokens(self.text, *piece), cues, across(cues))
        # «La FNSEA et les Jeunes Agriculteurs»: each with an article of its own, or neither with any name.
        articles = [*cues.determiners, *cues.possessives]
        apart = parts and all(match_at(tokens(self.text, *part), 0, articles) for part in parts)
        if known := None if apart else self.roster.holding(words) if joined else self.roster.find(words):
            return [known]
        if parts:
            listed = [self.whom.quote(*part) for part in parts]
            return [self.roster.find(name) or self.roster.add(name) for name in listed if is_somebody(name, cues)]
        # An unknown noun is somebody only where it is short: «le personnel», «douze clubs».
        begins = tokens(words)[:1]
        ahead = tokens(self.text, max(0, piece[0] - _MAX_ARTICLE), piece[0])[-1:]
        somebody = (is_somebody(words, cues) or bare) and (
            match_at(begins, 0, [*cues.determiners, *cues.indefinite])
            or many(tokens(self.text, *piece), cues)
            or match_at(ahead, 0, cues.contracted)
            or capital(words, begins[0])
            or begins[0].word.isdigit()
            or bare
            # «Patronat et syndicats»
            or (len(tokens(words)) == 1 and match_at(ahead, 0, cues.conjunctions))
        )
        return [self.roster.add(words)] if somebody and len(words) < _NOUN else []
