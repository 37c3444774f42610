"""文书解剖：from paragraphs to a whole Document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .amounts import amounts
from .citations import citations
from .claims import claims
from .dates import decided_on, fact_days, intervals, written_dates
from .dispositions import dispositions
from .evidence import evidence
from .folding import Whole, fold
from .head import head
from .kinds import kind
from .model import Document, Paragraph, Section
from .parties import people
from .protected import protected
from .sections import divide
from .signatures import signatories


def dissect(paragraphs: Sequence[Paragraph], issues: Sequence[str] = ()) -> Document:
    """解剖：the same paragraphs always give an equal document."""
    folds = [fold(p.text) for p in paragraphs]
    sections, stretches = divide(paragraphs, folds)
    title, court, case_no = head(paragraphs, folds, stretches)
    parties, representatives = people(paragraphs, stretches)
    sums, foreign = amounts(paragraphs, folds)
    kinds = kind(title, case_no, parties, folds, stretches)
    dates = written_dates(paragraphs, folds)
    signed = signatories(folds, stretches)
    document = Document(
        paragraphs=tuple(paragraphs),
        sections=sections,
        stretches=stretches,
        title=title,
        court=court,
        case_no=case_no,
        parties=parties,
        representatives=representatives,
        citations=citations(paragraphs, folds),
        dates=dates,
        intervals=intervals(paragraphs, folds, dates),
        amounts=sums,
        claims=claims(folds, stretches, kinds.matter, kinds.instance),
        dispositions=dispositions(folds, stretches),
        evidence=evidence(folds, stretches, parties),
        signatories=signed,
        protected=protected(
            Whole(folds),
            parties=parties,
            representatives=representatives,
            signatories=signed,
            dates=dates,
            amounts=sums,
            foreign=foreign,
        ),
        instrument=kinds.instrument,
        matter=kinds.matter,
        instance=kinds.instance,
        track=kinds.track,
        is_judgment=bool(title or case_no) or any(s.section is Section.ORDER for s in stretches),
        issues=tuple(issues),
    )
    decided = decided_on(document)
    first, last = fact_days(document, decided)
    return replace(document, decided_on=decided, facts_from=first, facts_to=last)
