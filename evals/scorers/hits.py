"""How high the search ranks the clauses a right answer cites."""

from evals import measures
from evals.trial import Trial, met

MEANS = "Of the clauses searched for: any among the first 5 or 10, the first one's reciprocal place, nDCG at 10."


def score(trial: Trial) -> dict[str, float]:
    if trial.sample.must_abstain or not trial.must:
        return {}
    ranked, grades = as_ranking(trial)
    return {
        "hit@5": float(any(each in grades for each in ranked[:5])),
        "hit@10": float(any(each in grades for each in ranked[:10])),
        "MRR": measures.reciprocal_rank(ranked, grades, 20),
        "nDCG@10": measures.ndcg(ranked, grades, 10),
    }


def as_ranking(trial: Trial) -> tuple[list[str], dict[str, float]]:
    """The hits with each wanted clause named once, at its first hit: several parts of one clause are one find."""
    left = dict(enumerate(trial.must))
    ranked: list[str] = []
    for place, hit in enumerate(trial.hits):
        number = next((n for n, wanted in left.items() if met([hit], wanted)), None)
        ranked.append(f"other {place}" if number is None else f"must {number}")
        if number is not None:
            del left[number]
    return ranked, {f"must {number}": 1.0 for number in range(len(trial.must))}
