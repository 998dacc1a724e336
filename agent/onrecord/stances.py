"""Who stands where: told by an expression, by the side taken in an offer, or by what somebody says."""

from collections.abc import Sequence
from typing import TypeVar

from onrecord.cues import Cues
from onrecord.drafts import within
from onrecord.grounding import spans
from onrecord.matching import Token, match_at, only, run, tokens
from onrecord.nouns import bare_noun
from onrecord.passives import acting, agents, by_whom
from onrecord.phrases import leading, name_length
from onrecord.pieces import Piece, plain
from onrecord.positions import governs, judges, position, told_by_verb
from onrecord.predicates import apart
from onrecord.records import Claim, Polarity, Stance, Status
from onrecord.sides import Signal, conjuncts, inverted, subject_of
from onrecord.signals import stance_signals
from onrecord.whom import Whom

L = TypeVar("L")

# So many spaces stand in no name and no description.
_MAX_HOLDER = 7
# A conjunction before a clause is no longer, in characters.
_AHEAD = 8


class Stances:
    """Finds the stances of one article."""

    def __init__(self, whom: Whom) -> None:
        self.whom, self.layout, self.draft, self.text = whom, whom.layout, whom.draft, whom.text

    def takes_side(self, unit: range, signal: Signal[Status]) -> None:
        """Whoever makes an offer supports it, and whoever turns it down opposes it."""
        sides: dict[Status, Polarity] = {"proposed": "support", "rejected": "oppose"}
        cues = self.layout.cues
        if signal.label not in sides or not cues:
            return
        if signal.sides:
            # «La prime que A offrait à B a été refusée»: A is for it, and B against it.
            told: list[tuple[Piece | None, Polarity]] = [(signal.sides[0], "support")]
            told += [(side, "oppose") for side in signal.sides[1:2] if signal.label == "rejected"]
            told = [(side, p) for side, p in told if side and not match_at(tokens(self.text, *side), 0, cues.pronouns)]
        else:
            subjects: list[Piece | None] = [*(by_whom(self.text, signal, cues) or conjuncts(self.text, signal, cues))]
            told = [(each, sides[signal.label]) for each in subjects or [subject_of(self.text, signal, cues)]]
        offered = tokens(self.text, signal.cue[1], signal.clause[1])
        if any(match_at(offered, i, cues.conditions) for i in range(len(offered))):
            # «a offert d'avancer les négociations, à condition que …»
            told = [(side, "mixed" if p == "support" else p) for side, p in told]
        for each, polarity in told:
            if each and cues.bare_content and _deal_alone(self.whom.quote(*each), cues):
                continue
            if holder := self._holder(unit, signal, each):
                self._add_stance(holder, Signal(polarity, signal.cue, signal.clause, signal.about))

    def _holder(self, unit: range, signal: Signal[L], subject: Piece | None) -> str | None:
        """Return whom a clause's subject means; without one it goes on with the sentence's («… and refused …»)."""
        cues = self.layout.cues
        found = inverted(self.text, signal, cues) if cues else None
        words = tokens(self.text, signal.clause[0], signal.cue[0])
        words += tokens(self.text, *found) if found else []
        if cues and any(match_at(words, i, cues.first_person) for i in range(len(words))):
            # «« Je le regrette », a dit X»
            own = self.draft.told_at(signal.cue[0])
            if own:
                return own[-1].speaker
        if found and not subject:
            # «Am Montag forderte er …»
            return self.whom.is_meant(unit.start, found, None)
        skip = [*cues.conjunctions, *cues.auxiliaries, *cues.adverbs] if cues else []
        opened = cues and match_at(tokens(self.text, *signal.cue), 0, [*cues.participle_forms, *cues.reflexives])
        skip += [*cues.gerunds, *cues.prepositions] if cues and opened else []
        # "…, but turned down the request"
        before = tokens(self.text, max(0, signal.clause[0] - _AHEAD), signal.clause[0])[-1:]
        elided = words or opened or (cues and cues.bare_content and match_at(before, 0, cues.conjunctions))
        if cues and not subject and elided and all(match_at(words, i, skip) for i in range(len(words))):
            start, _ = self.layout.bounds(unit)
            said = [c for c in self.draft.claims if c.cue and start <= c.cue.start < signal.cue[0]]
            if said:
                return said[-1].speaker
            if taken := [s for s in self.draft.stances if start <= s.evidence[0].start < signal.cue[0]]:
                # «La présidente refuse l'accord et soutient des dissidents»
                return taken[-1].holder
            first_words = tokens(self.text, start, signal.cue[0])
            if cues.bare_content:
                # "However, Acme faces a strike, having refused …"
                first_words = first_words[run(first_words, 0, [*cues.adverbs, *cues.conjunctions]) :]
            named = not match_at(first_words, 0, [*cues.pronouns, *cues.prepositions])
            subject = leading(self.text, first_words, cues) if named else None
            if opened and named and not subject:
                # «La ligue a quitté la table, dénonçant …»
                subject = self._helped(first_words, cues)
        return self.whom.is_meant(unit.start, (signal.clause[0], signal.cue[1]), subject)

    def _helped(self, words: Sequence[Token], cues: Cues) -> Piece | None:
        """Return the noun that words begin with up to the auxiliary of its verb."""
        stop = next((k for k in range(1, len(words)) if match_at(words, k, cues.auxiliaries)), 0)
        noun = words[:stop]
        return (noun[0].start, noun[-1].end) if noun and match_at(noun, 0, cues.determiners) else None

    def of(self, unit: range) -> None:
        """Put on record the stances that expressions in a unit show."""
        cues = self.layout.cues
        if not cues or self.layout.addressed(unit, quoted=True) or self.layout.sentences[unit.start].heading:
            return
        signals = stance_signals(self.text, *self.layout.bounds(unit), cues)
        held: dict[int, list[str]] = {}
        for signal in signals:
            if claim := self._attributed_by(signal):
                # «…», s'est félicité X: what is said is what X approves.
                start, end = _ends(claim)
                shown = min(start, signal.clause[0]) if signal.cue[1] <= start else start
                self._add_stance(claim.speaker, signal._replace(clause=(shown, end), about=(start, end)))
                continue
            within_it = within_claim(self.draft.claims, signal)
            evidence = apart(self.text, within_it, signals, cues)
            begins = within_it.clause[0]
            if evidence[0] == begins or begins not in held:
                held[begins] = self._holders(unit, within_it, signal, cues)
            # «Les élus soutiennent le projet et dénoncent le retard»: they hold both.
            for holder in held[begins]:
                self._add_stance(holder, within_it, [evidence])

    def _holders(self, unit: range, signal: Signal[Polarity], whole: Signal[Polarity], cues: Cues) -> list[str]:
        """Return who holds the stance of an expression; `whole` has the attribution around it."""
        alone = subject_of(self.text, signal, cues) or subject_of(self.text, whole, cues)
        if alone and match_at(tokens(self.text, *alone), 0, cues.first_person):
            # «Je suis opposé au projet»
            alone = None
        subjects: list[Piece | None] = [*(agents(self.text, signal, cues) or acting(self.text, signal, cues))]
        subjects = subjects or [*conjuncts(self.text, signal, cues)] or [alone]
        if own := self._own(signal, cues):
            return [own]
        found: list[str] = []
        for subject in subjects:
            words = self.whom.quote(*subject) if subject else ""
            if words.count(" ") >= _MAX_HOLDER and not self.draft.roster.find(words):
                # So many words are no name and no description, but a clause.
                continue
            if (not subject or self._may_name(words)) and (holder := self._holder(unit, signal, subject)):
                found.append(holder)
        return found

    def _own(self, signal: Signal[Polarity], cues: Cues) -> str | None:
        """Return who speaks of himself in a statement that begins with a pronoun: "Acme said it was open to talks"."""
        told = self.draft.told_at(signal.cue[0]) if cues.bare_content else []
        claim = told[-1] if told else None
        if not claim or not claim.cue or claim.cue.end > signal.cue[0]:
            return None
        quoted = any(q.start <= signal.cue[0] < q.end for q in self.layout.quoted)
        words = tokens(self.text, signal.clause[0], signal.cue[0])
        listener = name_length(self.text, words, cues)
        # "told Bob Ray he was ready"
        words = words[listener:] if not match_at(words, 0, cues.pronouns) else words
        begins = claim.evidence[0].start in (signal.clause[0], words[0].start if words else None)
        pronoun = match_at(words, 0, [*cues.singular, *cues.things, *cues.they])
        light = [*cues.auxiliaries, *cues.adverbs, *cues.negations]
        return claim.speaker if begins and pronoun and not quoted and only(words[pronoun:], light) else None

    def _may_name(self, words: str) -> bool:
        """Tell whether words may be somebody's name or description: «achevé» and "percent" are not."""
        cues, found = self.layout.cues, tokens(words)
        if cues and len(found) == 1 and match_at(found, 0, cues.participle_forms) and words[0].islower():
            # "having refused"
            return False
        if cues and bare_noun(words, found, cues) == len(found):
            # "business groups"
            return True
        begins = bool(cues and match_at(found, 0, [*cues.determiners, *cues.indefinite]))
        if cues and cues.bare_content and _deal_alone(words, cues):
            # "The agreement sets a date, offers help …": a deal takes no side.
            return False
        if cues and match_at(found, 0, cues.numbers):
            # «Sept élus soutiennent le projet», but «Sept piles soutiennent le tablier»
            kind = self.whom.descriptions and self.whom.descriptions.kind(words)
            # "three Republicans"
            return bool(kind) or (cues.bare_content and any(word[0].isupper() for word in words.split()[1:]))
        return begins or any(word[0].isupper() for word in words.split()) or bool(self.draft.roster.find(words))

    def _attributed_by(self, signal: Signal[Polarity]) -> Claim | None:
        """Return the claim whose cue is the expression: not one that only stands in it («X a refusé et dit que …»)."""
        start, end = signal.cue
        for claim in self.draft.claims:
            within_cue = claim.cue and claim.cue.start <= start and end <= claim.cue.end
            if claim.cue and within_cue and (end == claim.cue.end or claim.evidence[0].start < claim.cue.start):
                return claim
        return None

    def positions(self) -> None:
        """Read from each claim whether it approves or rejects something: that needs no question."""
        cues = self.layout.cues
        for claim in self.draft.claims if cues else []:
            self._position(claim)

    def _position(self, claim: Claim) -> None:
        cues = self.layout.cues
        if any(s.holder == claim.speaker and _touch(s, claim) for s in self.draft.stances):
            return
        pieces = [(s.start, s.end) for s in claim.evidence]
        cue = (claim.cue.start, claim.cue.end) if claim.cue else None
        if cues and (told := position(self.text, cue, pieces, cues)):
            # «Elle exige que …»: the verb shows it, and belongs to the evidence where it stands before.
            by_verb = cue and governs(self.text, cue, pieces) and told_by_verb(self.text, cue, pieces, cues)
            if cue and (by_verb or (cues.articles and judges(self.text, cue, pieces, cues))):
                pieces[0] = (cue[0], pieces[0][1])
            if not by_verb and cues.bare_content:
                pieces = self._shown(pieces, told, cues)
                if self._goes_on(claim, told):
                    return
            self._add_stance(claim.speaker, Signal(told, pieces[0], pieces[0], _ends(claim)), pieces)

    def _goes_on(self, claim: Claim, told: Polarity) -> bool:
        """Tell whether a statement without an expression of its own goes on with the praise or blame before it."""
        before = [c for c in self.draft.claims if c.evidence[0].start < claim.evidence[0].start]
        last = max(before, key=lambda c: c.evidence[0].start, default=None)
        if not last or last.speaker != claim.speaker or claim.cue:
            return False
        return any(s.holder == claim.speaker and s.polarity == told and _touch(s, last) for s in self.draft.stances)

    def _shown(self, pieces: list[Piece], told: Polarity, cues: Cues) -> list[Piece]:
        """Return the clauses of a statement that show a position: of "It is a good deal, and it comes late" the first.

        Where no clause alone shows it, all do.
        """
        shown: list[Piece] = []
        for start, end in pieces:
            words = tokens(self.text, start, end)
            cuts = [
                k
                for k in range(1, len(words) - 1)
                if self.text[words[k - 1].end : words[k].start].strip() in (",", ";", "—", "–")
                and match_at(words, k, cues.conjunctions)
            ]
            bounds = [start, *(words[k].start for k in cuts)], [*(words[k - 1].end for k in cuts), end]
            shown += [part for part in zip(*bounds, strict=True) if position(self.text, None, [part], cues) == told]
        return shown if len(shown) == 1 else pieces

    def _add_stance(self, holder: str, signal: Signal[Polarity], pieces: Sequence[Piece] = ()) -> None:
        evidence = spans(self.text, *(pieces or [signal.clause]))
        if any(
            s.holder == holder and s.polarity == signal.label and within(evidence, s.evidence)
            for s in self.draft.stances
        ):
            return
        self.draft.stances.append(
            Stance(
                holder=holder,
                target=plain(self.text, *signal.about),
                polarity=signal.label,
                relayed_by=self.draft.relays(evidence, [holder]),
                evidence=evidence,
            )
        )


def _deal_alone(words: str, cues: Cues) -> bool:
    """Tell whether words are a deal and what is said of it: "The compromise deal", "The agreement between A and B"."""
    found = tokens(words)
    article = match_at(found, 0, cues.determiners)
    stops = [*cues.prepositions, *cues.that, *cues.relatives, *cues.between]
    end = next((k for k in range(article, len(found)) if match_at(found, k, stops)), len(found))
    deal = next((k for k in range(article, end) if match_at(found, k, cues.deals)), None)
    lower = all(word.word[:1].islower() for word in found[article:end])
    says = any(match_at(found, k, cues.documents) for k in range(end))
    return article > 0 and deal is not None and lower and not says


def within_claim(claims: Sequence[Claim], signal: Signal[L]) -> Signal[L]:
    """Return a signal in what somebody says without the attribution around it."""
    for claim in claims:
        for piece in claim.evidence:
            if piece.start <= signal.cue[0] and signal.cue[1] <= piece.end:
                clause = max(signal.clause[0], piece.start), min(signal.clause[1], piece.end)
                about = max(signal.about[0], piece.start), min(signal.about[1], piece.end)
                return signal._replace(clause=clause, about=about) if about[0] < about[1] else signal
    return signal


def _touch(stance: Stance, claim: Claim) -> bool:
    return any(s.start < e.end and e.start < s.end for s in stance.evidence for e in claim.evidence)


def _ends(claim: Claim) -> Piece:
    return claim.evidence[0].start, claim.evidence[0].end
