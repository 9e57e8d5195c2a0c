"""The Chinese catalogue is whole: nothing untranslated, guessed, outdated or badly filled in."""

import ast
import gettext
import re
from pathlib import Path

import django
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "config/locale/zh_Hans/LC_MESSAGES/django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
DJANGO = Path(django.__file__).parent
ELSEWHERE = {".venv", ".git", "tests", "var", "node_modules"}

# A context, a text, and its plural; empty or None where there is none.
Message = tuple[str | None, str, str | None]

# Which arguments of a marking function are the context, the text, the plural.
MARKS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
# Our own word for what Django's admin site calls otherwise, meant for its pages too.
OURS_EVERYWHERE = {"Administration", "Filter", "Page not found", "English", "Simplified Chinese"}

LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*((?:{LITERAL}\s*,?\s*)+)")


def read_catalogue(text: str) -> list[dict]:
    """Return the entries of a .po file, each a dict of its fields; flags under "flags"."""
    entries: list[dict] = []
    for block in text.split("\n\n"):
        entry: dict = {"flags": ""}
        field = ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry["flags"] += line
            elif line.startswith("#~"):
                entry["flags"] += "obsolete"
            elif line.startswith("#"):
                continue
            else:
                name, quoted = re.fullmatch(r'([a-z_]*(?:\[\d\])?) ?(".*")', line).groups()
                field = name or field
                entry[field] = entry.get(field, "") + ast.literal_eval(quoted)
        if len(entry) > 1:
            entries.append(entry)
    return entries


ENTRIES = read_catalogue(CATALOGUE.read_text("utf-8"))
MESSAGES = [entry for entry in ENTRIES if entry["msgid"]]


def said(entry: dict) -> list[str]:
    """The translations of one entry: one, or one for each plural form."""
    return [text for field, text in entry.items() if field.startswith("msgstr")]


def sources(suffix: str):
    """The product's own files of one kind."""
    for folder in sorted(ROOT.iterdir()):
        if folder.is_dir() and folder.name not in ELSEWHERE:
            yield from sorted(folder.rglob(f"*{suffix}"))


def real_names(tree: ast.AST) -> dict[str, str]:
    """What the marking functions are called in one module: {"_": "gettext_lazy"}."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }


def marked_in_python(source: str):
    """Every text marked in a module, each with its line; None in place of one not written out."""
    tree = ast.parse(source)
    names = real_names(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        mark = MARKS.get(names.get(called, called))
        if mark is None:
            continue
        yield node.lineno, tuple(None if at is None else written(node.args[at]) for at in mark)


def written(node: ast.AST):
    """The text of a literal; None if it is put together at run time."""
    return node.value if isinstance(node, ast.Constant) else None


def marked_in_template(source: str):
    """Every text marked in a template."""
    for name, given in IN_TEMPLATE.findall(templatize(source)):
        texts = [ast.literal_eval(one) for one in re.findall(LITERAL, given)]
        context, text, plural = MARKS["gettext" if name == "_" else name]
        yield tuple(None if at is None else texts[at] for at in (context, text, plural))


def all_marked():
    """Every text of the product that is marked for translation, with the file it stands in."""
    for path in sources(".py"):
        for _line, message in marked_in_python(path.read_text("utf-8")):
            yield path, message
    for path in sources(".html"):
        for message in marked_in_template(path.read_text("utf-8")):
            yield path, message


def fill_ins(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]", text))


def test_every_text_is_translated():
    assert [entry["msgid"] for entry in MESSAGES if not all(said(entry))] == []


def test_no_translation_is_a_guess_or_left_over():
    assert [e["msgid"] for e in ENTRIES if re.search("fuzzy|obsolete", e["flags"])] == []


def test_no_text_stands_twice():
    keys = [(entry.get("msgctxt"), entry["msgid"]) for entry in MESSAGES]
    assert [key for key in set(keys) if keys.count(key) > 1] == []


def test_every_plural_has_the_one_form_that_chinese_has():
    for entry in MESSAGES:
        fields = {field for field in entry if field.startswith("msgstr")}
        assert fields == ({"msgstr[0]"} if "msgid_plural" in entry else {"msgstr"})


def test_every_fill_in_is_filled_in():
    wrong = [
        entry["msgid"]
        for entry in MESSAGES
        for text in said(entry)
        if fill_ins(text) != fill_ins(entry["msgid"]) | fill_ins(entry.get("msgid_plural", ""))
    ]
    assert wrong == []


def test_every_translation_says_something_in_chinese():
    chinese = re.compile("[\u4e00-\u9fff]")
    # What is code or figures only, or only joins its fill-ins.
    bare = re.compile(r"%\(\w+\)s|[\W\d_]|[A-Z]+")
    silent = [
        (entry["msgid"], text)
        for entry in MESSAGES
        for text in said(entry)
        if bare.sub("", text) and not chinese.search(text)
    ]
    assert silent == []


def test_sentences_end_in_chinese():
    english = re.compile(r"[\u4e00-\u9fff][,.;:?!](?!\d)")
    # Two words for the template filter yesno, which wants them with a comma between.
    found = [text for entry in MESSAGES for text in said(entry) if english.search(text)]
    assert found == ["是,–"]


def test_the_compiled_catalogue_is_that_of_the_source():
    with COMPILED.open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    written_down = {}
    for entry in ENTRIES:
        context = entry.get("msgctxt")
        key = entry["msgid"] if context is None else f"{context}\x04{entry['msgid']}"
        if "msgid_plural" in entry:
            written_down[key, 0] = entry["msgstr[0]"]
        else:
            written_down[key] = entry["msgstr"]
    assert compiled == written_down, "the .mo is older than the .po: run make messages"


def test_the_catalogue_holds_what_the_source_says_and_nothing_else():
    known = {(e.get("msgctxt"), e["msgid"], e.get("msgid_plural")) for e in MESSAGES}
    marked = {message: path.relative_to(ROOT) for path, message in all_marked()}
    singles = {key[:2] for key in known}

    # A plural's text may be used singly elsewhere; gettext keeps one entry for both.
    unknown = {m: p for m, p in marked.items() if m not in known and m[:2] not in singles}
    assert unknown == {}, "not in the catalogue: run make messages"
    assert singles - {message[:2] for message in marked} == set()


def test_what_is_marked_is_written_out():
    # xgettext cannot see a text that is put together at run time, nor one in an f-string.
    hidden = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources(".py")
        for line, message in marked_in_python(path.read_text("utf-8"))
        if message[1] is None
    ]
    assert hidden == []


def test_no_word_of_ours_changes_what_the_admin_site_says():
    theirs: dict = {}
    for package in ("conf", "contrib/admin"):
        path = DJANGO / package / "locale/zh_Hans/LC_MESSAGES/django.mo"
        with path.open("rb") as file:
            theirs |= gettext.GNUTranslations(file)._catalog
    clashing = {
        entry["msgid"]
        for entry in MESSAGES
        if "msgctxt" not in entry
        and theirs.get(entry["msgid"], said(entry)[0]) != said(entry)[0]
        and entry["msgid"] not in OURS_EVERYWHERE
    }
    assert clashing == set(), "give these a context, or Django's pages say our word"


def test_the_catalogue_names_no_place_on_this_machine():
    text = CATALOGUE.read_text("utf-8")
    assert "#:" not in text
    assert not re.search(r"/(home|work|tmp|usr|root)/", text)
