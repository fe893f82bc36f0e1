"""Makes token_counts.json: what the reference implementations count, for tests/token_counts.rs.

usage: token_counts.py DATA RANKS TOKENIZERS > token_counts.json

DATA        the folder of public datasets (as GOLDSET_DATA)
RANKS       a folder with o200k_base.tiktoken and cl100k_base.tiktoken
TOKENIZERS  a folder with MODEL/tokenizer.json for some models (as GOLDSET_TOKENIZERS)

Counts are made by Python's tiktoken (with its own patterns) and tokenizers. Of every file each line
is a text, and of every JSON file each string value too. No text goes into the output: only how many
there were, the sum of their tokens, and a checksum over the sequence of counts, so that equal numbers
mean that every single text has the same count.
"""
import glob
import json
import os
import sys

import tiktoken
import tokenizers
from tiktoken.load import load_tiktoken_bpe
from tiktoken_ext import openai_public

FILES = [
    "multilingual/xquad.ar.json", "multilingual/wisesight_test.jsonl", "multilingual/emoji_by_group.json",
    "sft/alpaca_zh_demo.json", "hard/blns.txt", "hard/blns.json", "preference/dpo_en_demo.json",
    "sft/code_alpaca_2k.json", "chat/toy_chat_fine_tuning.jsonl", "toolcall/reason_tool_use_demo_50.jsonl",
]


def built_in(name, ranks):
    # tiktoken would fetch the ranks; the pattern is its own.
    path = os.path.join(ranks, name + ".tiktoken")
    openai_public.load_tiktoken_bpe = lambda *_, **__: load_tiktoken_bpe(path)
    encoding = tiktoken.Encoding(**getattr(openai_public, name)())
    return lambda text: len(encoding.encode_ordinary(text))


def from_file(path):
    tokenizer = tokenizers.Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)


def texts(path):
    lines = open(path, encoding="utf-8", newline="").read().split("\n")
    yield "lines", lines
    if path.endswith(".json"):
        yield "strings", list(strings(json.loads("\n".join(lines))))
    elif path.endswith(".jsonl"):
        yield "strings", [text for line in lines if line for text in strings(json.loads(line))]


def main(data, ranks, folder):
    counters = {name: built_in(name, ranks) for name in ["o200k_base", "cl100k_base"]}
    for path in sorted(glob.glob(os.path.join(folder, "*", "tokenizer.json"))):
        counters[os.path.basename(os.path.dirname(path))] = from_file(path)
    rows = []
    for name in FILES:
        for unit, found in texts(os.path.join(data, name)):
            for vocabulary, count in counters.items():
                total = checksum = 0
                for text in found:
                    tokens = count(text)
                    total += tokens
                    checksum = (checksum * 1_000_003 + tokens) % 2**64
                rows.append({"file": name, "unit": unit, "vocabulary": vocabulary, "texts": len(found),
                             "tokens": total, "checksum": f"{checksum:016x}"})
    print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")


main(*sys.argv[1:])
