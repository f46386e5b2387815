"""The patterns of time expressions, each with the rule that reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from onrecord.ground import holidays
from onrecord.ground import timehours as hours
from onrecord.ground import timequarters as quarters
from onrecord.ground import timerules as days
from onrecord.ground import timespans as spans
from onrecord.ground import timevague as vague
from onrecord.ground.timerules import Rule
from onrecord.ground.timewords import either, time_words
from onrecord.text.searching import Searcher


class Rules:
    """Patterns, found without regard to letter case, and the rule that reads what each finds."""

    def __init__(self, table: Sequence[tuple[str, Rule]]) -> None:
        self._search = Searcher([re.compile(pattern, re.IGNORECASE) for pattern, _ in table])
        self._rules = tuple(rule for _, rule in table)

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str], Rule]]:
        """Number, match and rule of all that the patterns find in *text*, pattern by pattern."""
        for number, match in self._search.matches(text):
            yield number, match, self._rules[number]


def _abbreviated(names: Iterable[str], *whole: str) -> str:
    """A pattern for *names*; only the short ones may end in a full stop."""
    long = [n for n in names if len(n) > 4 or n in whole or n in {"june", "july"}]
    short = [n for n in names if n not in long]
    return f"(?:{either(long)}|{either(short)}\\b\\.?)"


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Every pattern with its rule; where matches overlap the longest counts, then the first here."""
    w = time_words()
    month = f"(?P<month>{_abbreviated(w.months, 'may')})"
    weekday = f"(?P<weekday>{_abbreviated(w.weekdays)})"
    day = r"(?P<day>[0-3]?\d(?:st|nd|rd|th)?)"
    year = r"(?P<year>(?:1[4-9]|20)\d\d)"
    part = f"(?P<part>{either(p for p in w.parts if p not in {'noon', 'midnight', 'midday', 'overnight'})})"
    units = either([*w.units, *(u + "s" for u in w.units)])
    any_unit = r"(?P<unit>seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|centuries|century)"
    number = (
        r"(?:(?:\d{1,3}(?:\.\d+)?(?:\s+1/2)?|(?:(?:a\s+)?hundred|thousand|"
        + either(w.numbers)
        + r")(?:[\s-]+(?:and\s+)?"
        + either(n for n in w.numbers if n not in {"a", "an"})
        + r")*)(?:\s+and\s+a\s+half)?|a\s+couple(?:\s+of)?|half\s+an?|half|a\s+dozen)"
    )
    some = r"(?:several|a\s+few|few|some|many|a\s+number\s+of|dozens\s+of|hundreds\s+of|various)"
    hedge = r"(?:(?:nearly|almost|about|around|roughly|approximately|over|more\s+than|less\s+than|at\s+least|at\s+most|up\s+to|only|just|some|no\s+more\s+than|as\s+many\s+as|another)\s+)?"
    count = f"(?P<count>{hedge}(?:{number}|{some}))"
    early = r"(?:(?:early|late|mid|middle|later|earlier)[\s-]+|(?:the\s+)?(?:very\s+)?(?:beginning|end|middle|start|close|turn|early\s+part|latter\s+part|rest|remainder)\s+of\s+)?(?:the\s+)?"
    edge = r"(?:(?:early|late|earlier|later)\s+(?:on\s+)?)?"
    o, c = r"(?<![\w$£€#.-])", r"(?![\w-])"
    spoken = r"(?:(?:nineteen|twenty)[\s-](?:hundred|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)|two\s+thousand(?:\s+(?:and\s+)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))?)"
    day2 = r"(?P<day2>[0-3]?\d(?:st|nd|rd|th)?)"
    dash = r"\s*[-–—]\s*"
    to = r"(?:\s*[-–—]\s*|\s+(?:to|until|till|through|and)\s+)"
    dayparts = (
        r"(?P<part>"
        + either(
            [
                *(p for p in w.parts if p not in {"noon", "midnight", "midday", "overnight"}),
                "mid afternoon",
                "mid-afternoon",
                "mid morning",
                "mid-morning",
            ]
        )
        + ")"
    )
    table: list[tuple[str, Rule]] = [
        (rf"{o}(?:the\s+)?{month}\s*{day}(?:{dash}{month.replace('?P<month>', '?P<month2>')}\s*|{to}){day2}(?:,?\s+{year})?(?![\d:]|\s*(?:a\.?m|p\.?m|people|of)\b)", days.day_range),
        (rf"{o}{day}{to}{day2}\s+(?:of\s+)?{month}(?:,?\s+{year})?(?![\w-])", days.day_range),
        (rf"{o}(?P<y1>(?:1[5-9]|20)\d\d)[-–—](?P<y2>(?:1[5-9]|20)?\d\d)(?![\w-])", days.year_range),
        (rf"{o}{early}{month},?\s+(?:of\s+)?(?P<year>{spoken}){c}", days.month_year),
        (rf"{o}the\s+year\s+(?P<spoken>{spoken}){c}", days.whole_spoken_year),
        (rf"{o}(?:the\s+)?(?:this\s+coming\s+)?(?:(?:{either(w.weekdays)})\.?,?\s+)?{month}\s+(?:the\s+)?(?P<day>{either(w.days)})(?:,?\s+{year})?{c}", days.day_month),
        (rf"{o}(?:the\s+)?(?P<day>{either(w.days)})\s+(?:of\s+)?{month}(?:,?\s+{year})?{c}", days.day_month),
        (rf"{o}(?:the\s+)?(?:(?:early|late)\s+)?(?P<part>{either(w.parts)})\s+(?:of|on)\s+(?:(?:(?:{either(w.weekdays)})\.?,?\s+)?{month}\s*{day}|{day.replace('?P<day>', '?P<dayb>')}\s+{month.replace('?P<month>', '?P<monthb>')})(?:,?\s+{year})?{c}", hours.part_of_date),
        (rf"{o}(?:the\s+)?(?:(?:early|late|mid)[\s-]*)?{dayparts}\s+(?:(?:of|on)\s+)?(?:(?P<rel>last|next)\s+)?(?:{weekday}|(?P<word>yesterday|today|tomorrow)){c}", hours.part_first),
        (rf"(?:(?<=in )|(?<=during )|(?<=later in )|(?<=until ))the\s+(?P<part>morning|afternoon|evening){c}", hours.part_named),
        (rf"(?:(?<=at )|(?<=before )|(?<=by )|(?<=after )|(?<=around )|(?<=since ))(?P<part>dawn|daybreak|dusk|nightfall|sunset|sunrise|midmorning|midafternoon){c}", hours.part_named),
        (rf"{o}the\s+week\s+(?:of|beginning|starting|ending)\s+(?:on\s+)?{month}\s*{day}(?:,?\s+{year})?(?![\d:])", spans.week_of),
        (rf"{o}the\s+week\s+(?:of|beginning|starting|ending)\s+(?:on\s+)?{day}\s+{month}(?:,?\s+{year})?{c}", spans.week_of),
        (r"(?:(?<=of )|(?<=in )|(?<=for )|(?<=during ))the\s+year(?!\s+(?:ended|ending|ago|before|earlier|to|since|of|in|that|when|two|nineteen)|[\w'’-])", spans.in_the_year),
        (r"(?<![\w.-])(?P<y>(?:1[4-9]|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?:T[\d:.+Z-]+)?(?!\d)", days.iso),
        (rf"{o}(?P<a>[01]?\d)[/-](?P<b>[0-3]?\d)[/-](?P<y>(?:19|20)?\d\d)(?![\d/-])", days.numeric),
        (rf"{o}(?:the\s+)?{edge}(?:(?:{either(w.weekdays)})\.?,?\s+)?(?:last\s+|this\s+coming\s+)?{month}\s*{day}(?:\s*,?\s+{year})?(?!\d|:\d)", days.day_month),
        (rf"{o}(?:(?:{either(w.weekdays)})\.?,?\s+)?(?:the\s+)?{day}\s+(?:of\s+)?{month}(?:,?\s+{year})?(?![\w-])", days.day_month),
        (rf"{o}{early}{month},?\s+(?:of\s+)?(?P<year>(?:1[4-9]|20)\d\d|['’]\d\d|this\s+year|last\s+year|next\s+year){c}", days.month_year),
        (rf"{o}{early}(?:(?P<rel>last|this|next|this\s+past|coming|past)\s+)?(?P<month>{either(m for m in w.months if len(m) > 3 or m == 'may')}){c}", days.month_year),
        (rf"{o}{early}{year.replace('year', 'y')}(?![\w%]|-\w|\.\d|,\d)", days.bare_year),
        (rf"{o}(?:the\s+year\s+)?(?P<century>nineteen|twenty|eighteen)[\s-](?P<rest>(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)){c}", days.spoken_year),
        (rf"{o}(?:the\s+)?(?:(?:early|late|mid)[\s-]+(?:to\s+late\s+)?)?(?:the\s+)?(?P<decade>(?:1[5-9]|20)\d0['’]?s|['’]\d0s|(?<=the )(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)){c}", days.decade),
        (rf"{o}(?:the\s+)?(?:early\s+|late\s+|mid-?)?(?P<n>\d\d(?:th|st)|(?:seven|eight|nine)teenth|twentieth|twenty-first)[\s-]century{c}", days.century),
        (rf"{o}{edge}(?:on\s+)?(?:(?P<rel>last|next|this|this\s+coming|past)\s+)?{weekday}(?:\s+{part})?{c}", days.weekday),
        (rf"{o}the\s+(?P<rel>previous|preceding|following|next)\s+{weekday}(?:\s+{part})?{c}", days.weekday_beside),
        (rf"{o}the\s+day\s+(?P<beside>before|after)\s+(?:(?P<rel>last|next)\s+)?{weekday}{c}", days.weekday_beside),
        (rf"{o}{edge}(?P<word>today|yesterday|tomorrow|tonight)(?:\s+{part})?{c}", days.deictic),
        (rf"{o}(?P<beyond>the\s+day\s+(?:before|after))\s+(?P<word>yesterday|tomorrow){c}", days.deictic),
        (rf"{o}{edge}(?:(?P<rel>last|this|the\s+next|the\s+following|the\s+previous)\s+)(?P<part>{either(w.parts)}){c}", hours.part_of_day),
        (rf"{o}(?P<part>overnight){c}", hours.part_of_day),
        (rf"{o}{early}(?P<rel>last|this|next|the\s+(?:latest|current|present)|the\s+(?:past|coming|last|next)|(?:this\s+)?(?:past|coming|current|previous))\s+(?P<unit>week|weekend|month|quarter|(?:fiscal\s+)?year|decade|century){c}", spans.relative_unit),
        (rf"{o}(?P<rel>the\s+(?:next|following|previous|preceding|prior)|that|the\s+same|following|previous)\s+(?P<unit>day|week|weekend|month|quarter|year|decade){c}", spans.narrative_unit),
        (rf"{o}(?:the|a|an|one)\s+(?P<unit>day|week|month|quarter|year|decade)\s+(?P<rel>before|earlier|after){c}", spans.narrative_unit),
        (rf"{o}(?:the\s+)?(?:comparable\s+)?(?P<unit>year)[-\s](?P<rel>earlier|ago|before)(?:\s+(?P<period>period|quarter|month|week|level))?{c}", spans.narrative_unit),
        (rf"{o}{early}the\s+(?P<unit>weekend|week|month|quarter|fiscal\s+year){c}", spans.the_unit),
        (rf"{o}(?P<rel>(?:the\s+)?(?:past|last|next|coming|previous|first|following))\s+(?P<count>{hedge}(?:{number}|{some}|couple\s+of))(?:\s*(?:to|or|-|–)\s*(?P<upto>{number}))?[\s-]+(?:working\s+|business\s+|trading\s+)?{any_unit}{c}", spans.last_units),
        (rf"{o}{count}(?:\s+or\s+(?:so|more))?[\s-]+{any_unit}(?:\s+or\s+so)?\s+(?P<way>ago|earlier|later|from\s+now|hence|before){c}", spans.ago),
        (rf"{o}(?P<count>)(?P<unit>days|weeks|months|years|decades|centuries)\s+(?P<way>ago|earlier|later){c}", spans.ago),
        (rf"{o}(?:(?:the|a|an)\s+(?={number}-?\w))?{count}(?:(?:\s+(?:to|or)\s+|[-–])(?P<upto>{number}))?(?:\s+more|\s+(?:working|business|trading|school|consecutive\s+trading)|\s+full|\s+consecutive|\s+straight|\s+additional)?[\s-]+{any_unit.replace('quarters?', 'quarters')}(?:[\s-]long)?(?![\w]|[\s-]old\b)", spans.duration),
        (rf"{o}(?P<unit>days|weeks|months|years|decades|centuries|hours|minutes)(?=\s+of\b|\s+after\b|\s+before\b|[,.;]|\s+in\s+prison|\s+on\s+end|\s+to\s+come)", spans.duration),
        (rf"{o}(?P<count>{hedge}(?:{number}))\s+(?P<unit>(?:hour|day|week|month|year|decade)s?)(?P<more>\s+and\s+a\s+half){c}", spans.duration),
        (rf"{o}(?:(?:an?|the)\s+)?(?P<count>)(?P<unit>(?:hours|days|weeks|months|years|decades|centuries)(?:-long)|(?:hour|day|week|month|year|decade|century)-?long){c}", spans.long_as),
        (r"(?<=for )(?P<unit>days|weeks|months|years|decades|centuries|hours)(?![\w-])", spans.duration),
        (rf"{o}(?:every|each)\s+(?:(?P<count>other|\d+|two|three|four|five|six|ten)\s+)?(?P<unit>{units}|{either(w.weekdays)}|{either(w.months)}|{either(w.seasons)}|morning|evening|night|afternoon){c}", vague.each),
        (rf"{o}(?P<word>{either(vague.PLAIN_ADVERBS)}){c}", vague.adverb),
        (rf"{o}the\s+(?P<y>(?:19|20)\d\d)\s+(?P<unit>quarter|period){c}", quarters.year_period),
        (rf"{o}(?:the\s+)?(?:same|comparable|corresponding)?\s*(?P<period>quarter|period)\s+(?:a\s+year\s+(?:ago|earlier|before)|of\s+last\s+year|last\s+year){c}", quarters.period_last_year),
        (rf"{o}(?:the\s+)?year-(?:ago|earlier)\s+(?P<count>nine|six|three)\s+(?P<unit>months){c}", spans.duration),
        (rf"{o}(?:the\s+)?(?P<rel>next|last|this)\s+year['’]s\s+(?P<ord>first|second|third|fourth|final)\s+(?P<half>quarter|half){c}", quarters.year_quarter),
        (rf"{o}(?:the\s+)?(?P<rel>year-(?:ago|earlier))\s+(?P<ord>first|second|third|fourth|final)\s+(?P<half>quarter|half){c}", quarters.year_quarter),
        (rf"{o}(?:the\s+end\s+of\s+the\s+year|year[\s-]end|(?:the\s+)?year['’]s\s+end|(?:the\s+)?full\s+year){c}", spans.year_end),
        (rf"{o}(?:the\s+year(?=\s+(?:ended|ending)\b))", spans.the_year_ended),
        (r"(?<=since )then\b(?!-)|(?<=until )then\b(?!-)|(?<=by )then\b(?!-)|(?<=that )time\b(?<=at that time)", vague.then),
        (rf"{o}{early}(?:fiscal[\s-]+)?(?P<year2>(?:19|20)\d\d)?\s*(?P<ord>first|second|third|fourth|final|last(?=\s+half\s+of\s+(?:19|20)\d)|1st|2nd|3rd|4th)(?:\s+fiscal)?[\s-](?P<half>quarter|half)(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d|this\s+year|last\s+year|next\s+year))?{c}", quarters.quarter),
        (rf"{o}Q(?P<qn>[1-4])(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?{c}", quarters.quarter),
        (rf"{o}{early}(?:(?P<rel>last|next|this|this\s+past)\s+)?(?P<season>spring|summer|autumn|winter|(?<=last )fall|(?<=this )fall|(?<=next )fall|(?<=the )fall(?= of \d))(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d|{spoken}))?{c}", spans.season),
        (rf"{o}(?:around\s+|about\s+|shortly\s+(?:before|after)\s+)?(?P<h>[0-2]?\d)(?:[:.](?P<min>[0-5]\d))?\s*(?P<ap>[ap]\.?\s?m\b\.?)(?:\s+(?:E[SD]T|P[SD]T|C[SD]T|GMT|UTC|local\s+time))?(?:\s+(?:on\s+)?(?:{weekday}|{month}\s*{day}))?(?!\w)", hours.clock),
        (rf"{o}(?P<h>[0-2]?\d):(?P<min>[0-5]\d)(?:\s*(?:hours|hrs|GMT|UTC|E[SD]T|local\s+time))?(?!\w|:|-\d)", hours.clock),
        (r"(?<![\w$£€.,-])(?P<h>[0-2]\d)(?P<min>[0-5]\d)\s+(?:hours|hrs|GMT|UTC)(?!\w)", hours.clock),
        (rf"{o}(?P<word>noon|midnight|midday)(?:\s+(?:on\s+)?{weekday})?{c}", hours.noon),
        (rf"{o}(?:(?P<rel>last|next|this)\s+)?(?P<holiday>{either(w.holidays)})(?:,?\s+(?P<year>(?:19|20)\d\d))?{c}", holidays.holiday_named),
        (rf"{o}(?P<what>Ramadan|Eid\s+al-Fitr|Eid\s+ul-Fitr)(?:,?\s+(?P<year>(?:19|20)\d\d))?{c}", holidays.ramadan),
        (rf"{o}(?P<rel>recent|(?:the\s+)?(?:coming|next|last|past))\s+(?P<unit>days|weeks|months|quarters|years|decades)(?:\s+and\s+(?:weeks|months|years))?{c}", vague.recent_units),
        (rf"{o}(?:the\s+)?fiscal\s+(?:year\s+)?(?P<y>(?:19|20)\d\d){c}", spans.fiscal),
        (rf"{o}(?P<word>{either(w.past)}){c}", vague.vague("past")),
        (rf"{o}(?P<word>{either(w.present)}){c}", vague.vague("present")),
        (rf"{o}(?P<word>{either(w.future)}){c}", vague.vague("future")),
    ]  # fmt: skip
    return Rules(table)


@lru_cache(maxsize=1)
def vouched_rules() -> Rules:
    """Words that are times in some sentences only; they count where the encoder vouches for them."""
    w = time_words()
    plural = r"(?P<unit>seconds|minutes|hours|days|nights|weeks|weekends|months|quarters|years|decades|centuries)"
    single = r"(?P<unit>day|night|week|weekend|month|quarter|year|decade|century)"
    count = rf"(?P<count>\d+|{either(w.numbers)})"
    o, c = r"(?<![\w$£€#.-])", r"(?![\w-])"
    table: list[tuple[str, Rule]] = [
        (rf"{o}(?:the|its|their|this|a|an)\s+(?:current\s+)?fiscal\s+year{c}", spans.in_the_year),
        (rf"{o}(?:the|its)\s+(?:latest|current|most\s+recent)\s+(?:period|quarter){c}", quarters.latest_period),
        (rf"{o}{count}-(?P<unit>day|week|month|year)s?-olds?{c}", spans.duration),
        (rf"{o}(?:(?:the|these|those|a\s+few|many)\s+)?(?:\w+\s+)?(?P<count>){plural}(?:-old|-long)?(?:\s+(?:ahead|to\s+come|on\s+end))?{c}", spans.duration),
        (rf"{o}(?:(?:a|an|one)\s+)?(?:(?:whole|full|single|entire|another|\w+ing|\w+ial)\s+){single}{c}", spans.one_unit),
        (rf"{o}(?P<word>{either(w.vouched)}){c}", vague.vouched),
        (rf"{o}(?P<word>{either(vague.ADVERBS)}){c}", vague.adverb),
        (r"(?<![\w-])(?:pre|post)-(?P<y>(?:1[5-9]|20)\d\d)(?![\w-])", days.bare_year),
        (rf"{o}(?:that|this)\s+(?:same\s+)?(?P<part>morning|afternoon|evening|night){c}", hours.part_named),
        (rf"{o}(?P<part>morning|afternoon|evening|night|dawn|dusk){c}", hours.part_named),
        (rf"{o}(?:that|the\s+same)\s+time{c}|(?<=since )then{c}|(?<=until )then{c}", vague.then),
    ]  # fmt: skip
    return Rules(table)
