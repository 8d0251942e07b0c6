"""Questions with their answers: which sentences of whom answer what, and how sure that is.

A round (:mod:`minutes_cli.summarize.rounds`) is one or more speeches that ask and those that answer them. Where it
holds one question, all of them answer it. Where it holds several, the answers are cut into pieces, and the pieces of
each speech are laid along the questions (:mod:`minutes_cli.summarize.matching`) by what speaks for each pair: the
words they share, the number that the answer takes up, the person addressed, and the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minutes_cli.model import Speaker, TurnKind
from minutes_cli.patterns import lazy
from minutes_cli.summarize.likeness import Likeness, Topic
from minutes_cli.summarize.matching import SAME, Pair, match, pair, together
from minutes_cli.summarize.model import Analysis, Exchange, Form, Link
from minutes_cli.summarize.questions import Question, announces, pieces, split
from minutes_cli.summarize.rounds import Round, addressed, rounds

__all__ = ["link"]

#: From here on nothing is gained by being more alike.
_SURELY = 0.45
#: How many earlier exchanges are looked at for what a question or an answer goes back to.
_EARLIER = 8
#: How many sentences of an answer are shown: all of a short one.
_MOST = 6
#: How many people must answer for a speech to be taken for a list of questions, and how many questions they name.
_ANSWERERS, _NAMED = 3, 2
#: How a follow-up begins.
_AGAIN = lazy(
    r"再質問|再度|再び|改めて|先ほど|もう一度|もう一回|[御ご]?(?:答弁|説明|回答|答え)(?:が|は|を|で|い|あり)|(?:今|ただいま)の|おっしゃ|"
    r"そう(?:すると|しますと|であれば|なると|です)|それ(?:では|は|で|なら)|では|じゃあ?|分かりました|わかりました|ちなみに|その"
)
_BEGINNING = 40
#: How an answer begins that takes up several questions at once: ただいまの2点, お二人の御質問.
_ALL = lazy(r"(?:[2-9２-９二三四五六七八九]点|お?二人|両(?:委員|議員|市長|町長|氏)|それぞれ)")
_WEIGHTY = frozenset((Form.COMMITMENT, Form.CONSIDERATION, Form.REFUSAL))


class _Past(NamedTuple):
    """An exchange that has been found: its group, who asked, about what."""

    exchange: Exchange
    group: int | None
    asker: str | None
    topic: Topic


def link(analysis: Analysis) -> tuple[Exchange, ...]:
    """The exchanges of a record in its order, each with who answered; those without answers are unlinked questions.

    Answers come after their question, nobody answers themselves, and a sentence asks in one exchange at most. The
    score of a link grows with the topic that it shares with the question, with being the next to speak, with the
    chair's call, and falls for those who speak after another has answered.
    """
    linker = _Linker(analysis)
    for part in rounds(analysis):
        linker.add(part)
    return tuple([past.exchange for past in linker.found])


class _Linker:
    """Links round after round and remembers what was asked before."""

    def __init__(self, analysis: Analysis) -> None:
        self.speeches = analysis.speeches
        self.speakers = {speaker.id: speaker for speaker in analysis.speakers}
        self.likeness = Likeness(analysis)
        self.found: list[_Past] = []

    def add(self, part: Round) -> None:
        """Link the questions of a round."""
        questions, pairs = self._linked(part)
        alone = sum(map(bool, pairs)) == 1
        last = len(questions) - 1
        for k, (question, mine) in enumerate(zip(questions, pairs, strict=True)):
            about = self.likeness.topic(question.words)
            links = self._links(part, question, about, mine, alone=alone)
            if links or question.meant or (k == last and question.asks and not part.answering):
                self._append(part, question, about, links)

    def _linked(self, part: Round) -> tuple[list[Question], list[list[Pair]]]:
        """The questions of a round, and for each of them what answers it."""
        answering = part.answering
        people = {self.speeches[i].turn.speaker for i in answering}
        fine = sum(announces(self.speeches[i]) for i in answering) >= _NAMED or len(people) >= _ANSWERERS
        questions = self._questions(part.asking, fine=fine)
        parts = {i: pieces(self.speeches[i], i, self.likeness.topics[i]) for i in answering}
        if sum(map(len, parts.values())) < 2:
            questions = together(questions)
        if len(questions) == 1 or (len(parts) == 1 and self._answers_all(answering[0])):
            return questions, [[pair(run) for run in parts.values()] for _ in questions]
        if not parts:
            return questions, [[] for _ in questions]
        return match(questions, parts, self.likeness, self._addressed)

    def _answers_all(self, answering: int) -> bool:
        """Whether a speech takes up all that was asked before it."""
        return _ALL.search(self.speeches[answering].text, 0, _BEGINNING) is not None

    def _questions(self, asking: Sequence[int], *, fine: bool) -> list[Question]:
        """What the speeches ask; where somebody speaks on and on, only the speeches with sentences that ask."""
        speeches, topics = self.speeches, self.likeness.topics
        found: list[Question] = []
        for who in dict.fromkeys(speeches[i].turn.speaker for i in asking):
            own = [i for i in asking if speeches[i].turn.speaker == who]
            mine = [question for i in own for question in split(speeches[i], i, topics[i], fine=fine, needed=False)]
            if mine and mine[-1].meant:  # what is wished on the way to a question is part of it
                mine = [question for question in mine if question.asks or question.speech == mine[-1].speech]
            found += mine or split(speeches[own[-1]], own[-1], topics[own[-1]], fine=fine)
        return sorted(found, key=lambda question: (question.speech, question.sentences))

    def _links(
        self, part: Round, question: Question, about: Topic, pairs: Sequence[Pair], *, alone: bool
    ) -> tuple[Link, ...]:
        found: list[Link] = []
        said: set[str | None] = set()
        asker = self._asker(question)
        for one in sorted(pairs):
            turn = self.speeches[one.speech].turn
            if one.speech <= question.speech or (turn.speaker == asker and turn.speaker is not None):
                continue
            score, reasons = 0.3, []
            if alone and one.speech == part.answering[0]:
                score += 0.25
                reasons.append("next to speak")
            elif turn.speaker in said:
                score += 0.15
                reasons.append("goes on")
            elif not alone and part.answering == (one.speech,) and self._answers_all(one.speech):
                score += 0.15
                reasons.append("takes up all questions")
            elif found:
                score -= 0.05
                reasons.append("adds")
            alike, words = self.likeness.nearest(about, one.words)
            if alike >= SAME:
                score += 0.12 + 0.28 * min(1.0, alike / _SURELY)
                reasons.append(_with("same topic", self.likeness.shared(about, words)))
            elif found and turn.speaker not in said and (other := self._earlier(one)):
                score -= 0.1
                reasons.append(other)
            if one.numbered:
                score += 0.15
                reasons.append("takes up its number")
            elif one.ordered:
                score += 0.05
                reasons.append("in the order asked")
            if one.speech in part.called:
                score += 0.08
                reasons.append("called by the chair")
            if self._addressed(question, one.speech):
                score += 0.08
                reasons.append("addressed")
            if turn.kind is TurnKind.ANSWER:
                score += 0.1
                reasons.append("marked as answer")
            said.add(turn.speaker)
            sentences = self._picked(about, one)
            found.append(Link(one.speech, sentences, round(min(0.99, max(0.05, score)), 2), tuple(reasons)))
        return tuple(found)

    def _append(self, part: Round, question: Question, about: Topic, links: tuple[Link, ...]) -> None:
        number = len(self.found) + 1
        follows = self._follows(part, question, about)
        exchange = Exchange(number, question.speech, question.sentences, links, follows)
        self.found.append(_Past(exchange, part.group, self._asker(question), about))

    def _picked(self, about: Topic, answer: Pair) -> tuple[int, ...]:
        """All sentences of a short answer, else those on the topic, those that promise or refuse, first and last."""
        if len(answer.sentences) <= _MOST:
            return answer.sentences
        speech = self.speeches[answer.speech]
        scores = {}
        for j in answer.sentences:
            scores[j] = self.likeness.alike(about, self.likeness.topics[answer.speech][j])
            scores[j] += 0.3 * (speech.sentences[j].reading.form in _WEIGHTY)
        scores[answer.sentences[0]] += 0.15
        scores[answer.sentences[-1]] += 0.1
        return tuple(sorted(sorted(answer.sentences, key=lambda j: (-scores[j], j))[:_MOST]))

    def _earlier(self, answer: Pair) -> str | None:
        """That an answer is on the topic of an earlier exchange."""
        best, text = 0.0, None
        for past in reversed(self.found[-_EARLIER:]):
            alike, words = self.likeness.nearest(past.topic, answer.words)
            if alike >= SAME and alike > best:
                shared = self.likeness.shared(past.topic, words)
                best, text = alike, _with(f"on the topic of exchange {past.exchange.number}", shared)
        return text

    def _follows(self, part: Round, question: Question, about: Topic) -> int | None:
        """The exchange that a question follows up: of the same asker, on the same topic."""
        speech = self.speeches[question.speech]
        first = speech.sentences[question.start].start
        again = not question.marked and _AGAIN.search(speech.text, first, first + _BEGINNING) is not None
        best, number = SAME / 2 if again else SAME, None
        asker, words = self._asker(question), frozenset(about.weights)
        for past in reversed(self.found[-_EARLIER:]):
            if past.group == part.group and past.asker == asker and past.exchange.speech != question.speech:
                alike = self.likeness.alike(past.topic, words)
                if alike > best:
                    best, number = alike, past.exchange.number
        return number

    def _asker(self, question: Question) -> str | None:
        return self.speeches[question.speech].turn.speaker

    def _addressed(self, question: Question, speech: int) -> float:
        speaker: Speaker | None = self.speakers.get(self.speeches[speech].turn.speaker or "")
        return addressed(question.text, speaker)


def _with(reason: str, words: Sequence[str]) -> str:
    return f"{reason}: {', '.join(words)}" if words else reason
