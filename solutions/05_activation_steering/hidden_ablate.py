"""Held-back checks of unit 05: ablation, and the repaired layer sweep. The logits are computed anew in numpy."""

import numpy as np

from worktest.checks import check, expect, tensor
from worktest.reference_transformer import random_weights, run


def _weights(rng, layers):
    return random_weights(rng, vocab=int(rng.integers(9, 14)), width=int(rng.integers(6, 9)), layers=layers, context=8)


def _model(answer, w):
    return answer.make("world.stand_in", *map(tensor, w.values()))


def _tokens(rng, w, rows, seq):
    return rng.integers(0, len(w["embed"]), size=(rows, seq))


def _near(got, want, says, look=""):
    expect.close(got, want, says, rtol=1e-3, atol=1e-3, look=look)


# steer-ablate ---------------------------------------------------------------------------------------------------


def _ablated(answer, rng, layers, says, look="", **changed):
    w = _weights(rng, layers)
    for name in changed:
        w[name] = w[name] * changed[name]
    tokens, vector = _tokens(rng, w, 3, int(rng.integers(3, 8))), rng.normal(size=w["embed"].shape[1])
    got = answer.call("ablated_logits", _model(answer, w), tensor(tokens), tensor(vector))
    _near(got, run(w, tokens, ablate=vector)[0], says, look)


@check("steer-ablate")
def fresh_models(answer, rng):
    """is right for fresh models with two to four blocks, at every position"""
    for layers in (2, 3, 4):
        _ablated(
            answer,
            rng,
            layers,
            "In every block, at every position: project the direction out of hook_in, attn.hook_out and mlp.hook_out.",
            "blocks or positions that are left out; a factor on the projection; a projection after the norm",
        )


@check("steer-ablate")
def what_attention_writes(answer, rng):
    """takes the direction out of what attention writes"""
    says = (
        "These MLPs write nothing. What the attention of the last block writes goes into the logits without passing "
        "another block's input."
    )
    for layers in (1, 3):
        _ablated(answer, rng, layers, says, "attn.hook_out of every block, the last one included", mlp_out=0.0, mix=2.0)


@check("steer-ablate")
def what_the_last_mlp_writes(answer, rng):
    """takes the direction out of what the MLPs write, the last one included"""
    says = "Here attention writes nothing. What the last MLP writes is never read by another block: ablate it there."
    for layers in (1, 2):
        _ablated(answer, rng, layers, says, "mlp.hook_out of the last block", mix=0.0, mlp_out=2.0)


@check("steer-ablate")
def each_row_by_itself(answer, rng):
    """gives a request the same logits alone and beside others"""
    w = _weights(rng, 2)
    tokens, vector = _tokens(rng, w, 4, 5), rng.normal(size=w["embed"].shape[1])
    model, row = _model(answer, w), int(rng.integers(4))
    want = run(w, tokens, ablate=vector)[0]
    says = "The component is each activation's own. It is no mean over requests or positions."
    _near(answer.call("ablated_logits", model, tensor(tokens), tensor(vector)), want, says)
    _near(answer.call("ablated_logits", model, tensor(tokens[[row]]), tensor(vector)), want[[row]], says)
    _near(answer.call("ablated_logits", model, tensor(tokens[:, :1]), tensor(vector)), want[:, :1], says)


@check("steer-ablate")
def any_length_and_sign(answer, rng):
    """does the same for a short, a long and a turned vector"""
    w = _weights(rng, 2)
    tokens, vector = _tokens(rng, w, 2, 4), rng.normal(size=w["embed"].shape[1])
    model, want = _model(answer, w), run(w, tokens, ablate=vector)[0]
    for factor in (0.01, 50.0, -1.0):
        got = answer.call("ablated_logits", model, tensor(tokens), tensor(factor * vector))
        _near(got, want, "Only the direction counts: bring the vector to norm 1 first, whatever its length.")


@check("steer-ablate")
def nothing_to_take(answer, rng):
    """changes nothing when no activation has a component along the direction"""
    w = _weights(rng, 3)
    unit = rng.normal(size=w["embed"].shape[1])
    unit /= np.linalg.norm(unit)
    for name in ("embed", "pos_embed", "mix", "mlp_out"):
        w[name] = w[name] - (w[name] @ unit)[..., None] * unit
    tokens = _tokens(rng, w, 3, 5)
    got = answer.call("ablated_logits", _model(answer, w), tensor(tokens), tensor(3 * unit))
    says = "Ablating is not subtracting: where the component is zero already, nothing moves."
    _near(got, run(w, tokens)[0], says)


@check("steer-ablate")
def nothing_stays_behind(answer, rng):
    """leaves the model as it was: another direction next is ablated alone"""
    w = _weights(rng, 2)
    tokens, model = _tokens(rng, w, 2, 4), _model(answer, w)
    for vector in rng.normal(size=(3, w["embed"].shape[1])):
        got = answer.call("ablated_logits", model, tensor(tokens), tensor(vector))
        says = "The second call must know nothing of the first: no hook, and no changed weight, may stay on the model."
        _near(got, run(w, tokens, ablate=vector)[0], says, "`run_with_hooks` takes its hooks away by itself")


@check("steer-ablate")
def refuses_a_vector_of_length_zero(answer, rng):
    """refuses a vector of length zero with a ValueError, and no other"""
    w = _weights(rng, 1)
    model, tokens, d = _model(answer, w), _tokens(rng, w, 2, 3), w["embed"].shape[1]
    says = "A vector of length zero has no direction to ablate: raise ValueError, or everything becomes NaN."
    answer.raises("ablated_logits", model, tensor(tokens), tensor(np.zeros(d)), says=says)
    vector = np.zeros(d)
    vector[:3] = [2, -3, 1]  # entries of zero, and a sum of zero
    got = answer.call("ablated_logits", model, tensor(tokens), tensor(vector))
    says = "Entries of zero, or a sum of zero, don't make a vector of length zero."
    _near(got, run(w, tokens, ablate=vector)[0], says)


# steer-debug ----------------------------------------------------------------------------------------------------


def _log_odds(logits, sides):
    p = np.exp(logits)
    return np.log(p[..., sides[0]].sum(-1) / p[..., sides[1]].sum(-1))


def _effects(w, case):
    """Effects request by request, (layers, rows)."""
    plain, _ = run(w, case["tokens"])
    streams = [run(w, case[side])[1] for side in ("positive", "negative")]
    rows, at = [], case["position"]
    for layer in range(len(w["mix"])):
        vector = streams[0][layer][:, at].mean(0) - streams[1][layer][:, at].mean(0)
        steered, _ = run(w, case["tokens"], layer=layer, shift=case["dose"] * vector, start=at)
        rows.append(_log_odds(steered[:, -1], case["sides"]) - _log_odds(plain[:, -1], case["sides"]))
    return np.array(rows)


def _case(rng, w, **fixed):
    order = rng.permutation(len(w["embed"]))
    case = {
        "positive": _tokens(rng, w, 3, 6),
        "negative": _tokens(rng, w, 3, 6),
        "tokens": _tokens(rng, w, 4, 6),
        "position": int(rng.integers(1, 5)),
        "sides": (order[:3], order[3:6]),
        "dose": float(rng.uniform(0.7, 2)),
    }
    return case | fixed


def _ask(answer, model, case, *, default_dose=False):
    sides = tuple(tensor(side) for side in case["sides"])
    batches = [tensor(case[name]) for name in ("positive", "negative", "tokens")]
    dose = () if default_dose else (case["dose"],)
    return answer.call("layer_effects", model, *batches, case["position"], sides, *dose)


@check("steer-debug")
def fresh_models_and_requests(answer, rng):
    """is right for fresh models, pairs and requests"""
    for layers in (1, 3, 4):
        w = _weights(rng, layers)
        case = _case(rng, w)
        _near(
            _ask(answer, _model(answer, w), case),
            _effects(w, case).mean(1),
            "For each layer: read the vector in the stream that enters the block, and add it there, at that one layer.",
            "both places; a vector of the next layer; a number for each layer, in order",
        )


@check("steer-debug")
def one_layer_at_a_time(answer, rng):
    """steers with one layer's vector at a time, and leaves the model as it was"""
    w = _weights(rng, 4)
    case, model = _case(rng, w, dose=2.0, position=2), _model(answer, w)
    want = _effects(w, case).mean(1)
    for _ in range(2):
        says = "While layer l is tried, no other layer is steered; and a second call must give what the first gave."
        look = "hooks of earlier layers that are still on the model; a function in a loop that sees the last vector"
        _near(_ask(answer, model, case), want, says, look)


@check("steer-debug")
def from_the_position_on(answer, rng):
    """adds from `position` up to the end, and scores the last token"""
    w = _weights(rng, 2)
    model = _model(answer, w)
    for position in (0, 2, 5):
        case = _case(rng, w, position=position)
        _near(
            _ask(answer, model, case),
            _effects(w, case).mean(1),
            "Steer the tokens from `position` on, none before it and all after it. The log-odds are those at the "
            "last token, wherever the steering begins.",
            "the slice in the hook; the position at which you take the log-odds",
        )


@check("steer-debug")
def piles_of_any_size(answer, rng):
    """takes piles of different sizes"""
    w = _weights(rng, 2)
    model = _model(answer, w)
    for sizes in ((6, 2), (1, 5)):
        positive, negative = (_tokens(rng, w, n, 6) for n in sizes)
        case = _case(rng, w, positive=positive, negative=negative)
        says = "A difference of means: each pile has a mean of its own, whatever the sizes of the piles."
        look = "row minus row, or a split in the middle of both piles"
        _near(_ask(answer, model, case), _effects(w, case).mean(1), says, look)


@check("steer-debug")
def any_dose(answer, rng):
    """takes negative doses and none, and dose 1 by default"""
    w = _weights(rng, 3)
    case, model = _case(rng, w), _model(answer, w)
    for dose in (0.0, -1.5, 3.0):
        case["dose"] = dose
        says = "The vector is multiplied by the dose, sign and all."
        _near(_ask(answer, model, case), _effects(w, case).mean(1), says)
    case["dose"] = 1.0
    _near(_ask(answer, model, case, default_dose=True), _effects(w, case).mean(1), "Without a dose it is 1.")


@check("steer-debug")
def sides_of_any_size(answer, rng):
    """adds up the probabilities of each side, and changes sign when the sides are exchanged"""
    w = _weights(rng, 2)
    order, model = rng.permutation(len(w["embed"])), _model(answer, w)
    case = _case(rng, w, sides=(order[:1], order[1:6]))
    for sides in (case["sides"], case["sides"][::-1]):
        case["sides"] = sides
        says = "Log-odds: the log of the probability of one side's tokens *together* over that of the other's."
        _near(_ask(answer, model, case), _effects(w, case).mean(1), says, "`log_odds`, and the order of `sides`")


@check("steer-debug")
def a_mean_with_signs(answer, rng):
    """takes the mean over requests that move in either direction"""
    w = _weights(rng, 2)
    w["mix"], w["mlp_out"] = 0.3 * w["mix"], 0.3 * w["mlp_out"]
    for _ in range(100):
        case = _case(rng, w, tokens=_tokens(rng, w, 9, 6), position=5)
        effects = _effects(w, case)
        if (np.abs(effects.mean(1)) < 0.8 * np.abs(effects).mean(1)).any():
            break  # some move up and some down
    model = _model(answer, w)
    says = "The mean of the shifts over the requests, those below zero with their sign."
    _near(_ask(answer, model, case), effects.mean(1), says, "a sum, a median, or absolute values")
    one = int(rng.integers(9))
    alone = case | {"tokens": case["tokens"][[one]]}
    _near(_ask(answer, model, alone), effects[:, one], "One request alone is its own mean.")
