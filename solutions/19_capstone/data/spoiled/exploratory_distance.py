"""Exploratory, not registered: how far is each borrowed model from `own`? Writes distances.csv, about five minutes.

KL(own || borrowed) in nats a token, at the answers of 500 clean documents about health, for every registered seed.
"""

import csv

import experiment
import torch

NAMES = ("checkpoint", "early-checkpoint", "sibling", "stranger", "stranger-checkpoint", "tuned-stranger")

if __name__ == "__main__":
    torch.set_num_threads(1)
    world = experiment.world
    with open("distances.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["condition", "seed", "kl"])
        for seed in range(11, 19):
            documents = world.documents(["health"], 500, world.generator(seed))[:, :-1]
            models = {name: experiment.borrowed(name, seed) for name in ("own", *NAMES)}
            with torch.no_grad():
                logs = {n: m(documents)[:, world.PROMPT_LEN - 1 :].log_softmax(-1) for n, m in models.items()}
            for name in NAMES:
                kl = (logs["own"].exp() * (logs["own"] - logs[name])).sum(-1).mean()
                table.writerow([name, seed, f"{float(kl):.4f}"])
            file.flush()
