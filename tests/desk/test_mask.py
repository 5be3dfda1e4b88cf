from champion.desk import mask


def test_code_keeps_every_letter_in_its_place() -> None:
    sql = "SELECT 'a;b' -- ; no\nFROM \"x;y\" /* ; */ WHERE z"
    assert len(mask.code(sql)) == len(sql)
    assert mask.code(sql).split() == ["SELECT", "FROM", "WHERE", "z"]
    assert mask.code(sql).count("\n") == 1


def test_a_doubled_quote_does_not_end_a_text() -> None:
    assert mask.code("SELECT 'it''s; here', 2").split() == ["SELECT", ",", "2"]


def test_dollar_quotes_hold_text() -> None:
    assert mask.code("SELECT $$ a ; b $$, $x$ ' $x$, 3").split() == ["SELECT", ",", ",", "3"]


def test_a_semicolon_in_text_or_comment_begins_no_statement() -> None:
    sql = "SELECT ';' -- one; still\n; -- nothing\nSELECT 2;;"
    assert mask.statements(sql) == ["SELECT ';'", "SELECT 2"]


def test_a_dash_in_text_begins_no_comment() -> None:
    assert mask.without_comments("SELECT '--x' -- y") == "SELECT '--x'     "
