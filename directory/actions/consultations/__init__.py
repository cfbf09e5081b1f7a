"""Verbs of consultations, by who acts.

- `sending`: the person writes, writes on, says more, takes back, deletes;
- `receiving`: the counsellors read, take, answer, write notes, end;
- `news`: whom it concerns hears of it, without a word of it;
- `erasing`: what goes, and what the register keeps.
"""
