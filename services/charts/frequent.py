"""What the frequent scales of a group are called on charts, and when one is counted."""

SYMPTOMS = ("Какие симптомы встречаются чаще", "Симптом сложился или доминирует")
DEFICITS = ("Какие дефициты встречаются чаще", "Сколько педагогов, которым здесь нужна поддержка")
