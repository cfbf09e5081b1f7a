"""The counsellors' room: the consultations of the desks where somebody sits, and no others (docs/member/consultations.md)."""
