"""Whom people can call, and which texts bring up that card."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues import help as help_module
from dialogues.help import help_card, help_lines, signals_danger

REAL = (
    """
ik wil dood
Ik wil echt niet meer leven.
ik wil gewoon het liefst dood zijn
Wil dooooood
ik wou dat ik dood was
was ik maar dood
dood wil ik
ik denk vaak aan de dood
ik denk aan zelfmoord
zelfmoort
zelmoord plegen
ze heeft het over zelf moord
mijn zoon praat over zelfdoding
hij is suïcidaal
suicidaal
SUICIDE
ik ben bang dat ze zichzelf iets aandoet
hij gaat zich zelf wat aandoen
ik doe mezelf iets aan
ik ga me wat aan doen
ik maak er een eind aan
Ze wil er een einde aan maken
een eind aan mijn leven
hij wil uit het leven stappen
ik spring voor de trein
ze stond op het dak en wilde van het dak springen
ik ga me ophangen
ze wil zich verhangen
ze heeft alle pillen ingenomen
hij slikte een hele strip paracetamol, hij heeft een hele strip paracetamol geslikt
ik heb een overdosis genomen
ik snij mezelf
zij snijdt in haar armen
ze krast zichzelf weer
automutilatie, elke avond
voor mij hoeft het niet meer
Het hoeft niet meer voor mij
ik zie het leven niet meer zitten, ik zie het niet meer zitten
ik heb geen zin meer in het leven
mijn leven is niks meer waard
ik ben het leven zo zat
ik wil nooit meer wakker worden
ik wil er niet meer zijn
iedereen is beter af zonder mij
niemand zou mij missen
ik heb een afscheidsbrief geschreven
hij heeft een doodswens
ik wil niet meer
ik kan niet meer verder
ik wil... dood
ik wil
dood
hij gaat me vermoorden
ik vermoord hem nog een keer
hij wil haar doodmaken
ik maak je dood
ik maak hem af
hij dreigt met een mes
er staat iemand met een mes op de gang
hij heeft een pistool
hij slaat mij
ze sloeg haar moeder
mijn vader is geslagen door zijn broer
ik word thuis geslagen
hij heeft me in elkaar geslagen
ik word mishandeld
er is huiselijk geweld
hij bedreigt ons elke dag
ik ben bedreigd
ik ben thuis niet veilig
hij is een gevaar voor zichzelf
ze is in levensgevaar
ze kneep mijn keel dicht
hij steekt het huis in brand
ik ben verkracht
ik moest 112 bellen
i want to die
I don't want to live anymore
he wants to kill himself
i will kill him
she is suicidal
I wish I was dead
end my life
he hits me
he has a knife
self-harm
better off dead
ik wil er niet meer wezen
Het liefst zou ik er niet meer zijn
ik zou willen dat ik dood was
kon ik maar doodgaan
ik wil mijn leven beëindigen
hij wil zijn leven beëindigen
ik ga mezelf van het leven beroven
ik stap eruit
ik wil slapen en nooit meer wakker worden
ik heb zelfmoordgedachten
hij heeft zelfmoord neigingen
gedachten aan de dood, elke dag
ik heb nergens meer zin in en wil niet meer leven
zonder haar wil ik niet verder leven
ik trek het niet meer, ik ga er een eind aan maken
ik maak me van kant
ze wou zich verdrinken
ze dreigt zichzelf iets aan te doen
hij zegt dat hij zichzelf iets aan gaat doen
hij gaat zichzelf wat aan doen
ik ben bang dat hij mij of de kinderen iets aandoet
mijn man slaat me
mijn zoon heeft me geslagen
hij heeft mijn moeder geslagen
hij schopte zijn vader
er wordt hier gevochten met messen
hij loopt rond met een mes
hij zwaaide met een mes
hij heeft een wapen in zijn kamer
ik ben bang voor hem, hij slaat
hij heeft gedreigd mij te vermoorden
hij zei ik maak je dood
hij wil me wurgen
hij probeerde me te wurgen
hij wil ons allemaal dood hebben
hij heeft zijn polsen doorgesneden
ik heb mijn polsen gesneden
ik snijd in mijn arm
ze doet aan zelfverminking
ze verwondt zichzelf
ze eet niet meer en wil sterven
ik overweeg euthanasie
ik denk eraan om te springen
ik sta op de brug en wil springen
ik ga voor een trein springen
ik gooi me voor de trein
ik wil me voor de trein gooien
hij wil tegen een boom rijden
ik rij mezelf dood
ik heb mijn pillen opgespaard
ik heb twintig pillen geslikt
ik neem straks alle pillen in
ik wil dood maar durf niet
kzou liever dood zijn
k wil dood
wil dood
ik will dood
ik wil doood
ik wi dood
ik wil dod
ik wil nie meer leven
ik wil nt meer leven
kwil niet meer leven
ik wil niet meer verder
ik wil niet meer verder leven
ik hoef niet meer
ik wil weg uit dit leven
ik kan dit leven niet meer aan
ik hoop dat ik doodga
ik hoop dat ik morgen niet meer wakker word
laat me maar doodgaan
laat me doodgaan
mag ik dood
ik ga dood maken
ik steek hem neer
ik schiet hem dood
ik breng hem om
hij sluit me op
hij laat me niet weg
hij achtervolgt mij met een mes
ik word gestalkt
hij stalkt mij
help ik ben in gevaar
er is acuut gevaar
hij komt me vermoorden
hij doet me pijn
mijn partner doet mij pijn
hij knijpt mij
ze bijt en slaat ons
hij wordt agressief en slaat
we zijn bang voor ons leven
ik vrees voor mijn leven
hij verkracht me
ik ben aangerand
I'm going to kill myself
gonna kill myself
im suicidal
i want to end it
I can't live anymore
no reason to live
i cut myself
I took too many pills
took an overdose
he threatened me with a knife
he is going to kill me
he beats me
he hit me
i'm scared for my life
i feel unsafe at home
i dont want to be here anymore
I want to be dead
wanna die
suicde
suicidle
zelfmoord plegen
zlfmoord
zefldoding
zelf doding
selfmoord
""".strip()
    .replace("ik wil\ndood", "ik wil|dood")
    .split("\n")
)

EVERYDAY = """
ik ben doodmoe
Ik ben dood moe van alles
ik schrok me dood
we hebben ons dood gelachen
het is dodelijk saai
De training zelfmoordpreventie was goed
zelfmoordpreventie training
we hadden een scholing over suïcidepreventie
cursus over suicide gevolgd met het team
er hangt een folder over zelfmoord op de gang
een training omgaan met agressie
de meldcode huiselijk geweld is besproken
wie zorgt er voor haar als ik er niet meer ben
Sinds de dood van mijn man doe ik alles alleen
na zijn dood hielp de buurvrouw
we praatten over de dood en dat was fijn
ik kan bijna niet meer, zo moe ben ik
ik hou het bijna niet meer vol
ik wil niet meer elke dag bellen
ze wil niet meer naar de dagbesteding
we willen graag meer tijd
Ik wil iets voor mezelf doen
hij trekt zich alles aan
ze trekt zich er niets van aan
hoop dat jullie er iets aan doen
kan iemand daar iets aan doen
het depot werkt beter dan pillen
de pil werd vergeten
hij slikt zijn medicijnen weer goed
we maken een einde aan het overleg als het te lang duurt
er komt een einde aan de samenwerking
het contact met school liep dood
dat plan is op een dood spoor beland
de tijd doodslaan op de afdeling
moord en brand geschreeuwd over de parkeerplaats
we sloegen een brug naar de buurt
ik sla mijn lunch vaak over
hij sloeg zijn arm om me heen
ik voelde me aangevallen in het gesprek
ik bel haar elke week
het is belangrijk dat we bellen
geweldig gedaan
het vermoeden was juist
we gaan met de trein en daarna lopen we
uit de was ophangen maakten we een spel
hij hangt zijn jas op
we hebben samen groente gesneden
Ik wil er graag over praten
het leven is mooi
we leven met de dag
ze wil weer leven zoals vroeger
het is niet meer te doen met die regels
ik zie hem niet vaak meer
want die dag ging goed
met die drukte is het lastig
Er is te veel wisseling van personeel
een overdosis aan regels
het werk vreet energie
het team doet zijn best
ik ben bang dat het gevolgen heeft voor haar zorg
de sfeer op de groep is grimmig
hij wil naar buiten
we hebben gekookt en gezongen
dat brengt leven in huis
ze stapt steeds makkelijker op mij af
daar maak ik me geen zorgen meer over
hij ligt vaak op bed
hij dreigt zijn huis kwijt te raken
het rooster dreigt mis te gaan
de drukte maakt ons kapot
ik wil mijn verhaal kwijt
samen naar de film over een moordzaak
eind goed al goed
Hij heeft zijn eigen plek
wij zijn samen naar het strand gegaan
we hebben de was opgehangen
met een mes kan hij weer zelf brood smeren
ze snijdt de groente zelf
het doodgewone contact
we willen niet dat het doodbloedt
ik wil niet dat het dood loopt
er is veel werkdruk
het rooster maakt me gek
ik word er niet goed van
ik word gek van de regels
ik heb hoofdpijn
ik ben op
ik ben kapot na een dienst
het doet pijn om haar zo te zien
het sloeg nergens op
zijn stemming slaat om
hij slaat een dag over
ze slaat haar ogen neer
de bom is gebarsten
we moeten die knoop doorhakken
we hangen ons niet op aan regels
dat is een kwestie van leven
hij wil gewoon leven
leven en laten leven
hij wil niet meer alleen leven
we kunnen niet zonder elkaar
ze kan zonder mij beter slapen
het gaat beter zonder al die mails
we willen het einde van de wachtlijst
ik wil er niet meer over praten
hij wil er niet meer heen
ik wil er een punt achter zetten
we willen er niet zijn voor de vorm
ik ben er niet meer elke week
die collega is er niet meer
de dood is geen taboe
iemand om tegen aan te praten
hij heeft mij geholpen
de hond ging dood
onze kat is dood
mijn vader is vorig jaar dood gegaan
we zijn gaan springen op de trampoline
hij springt van de hak op de tak
we gingen met de bus
voor de bus vertrekt gaan we koffie drinken
voor de auto stopte gaan we zwaaien
we staan op het perron
hij loopt op het spoor van zijn herstel
weer op het goede spoor
ze zwemt en verdrinkt niet in regels
ik verdrink in het werk
alle medicijnen zijn op tijd genomen
hij nam zijn pillen netjes in
te veel pillen vind ik niet goed
ik vind dat hij te veel medicatie krijgt
we zijn bang voor het einde van de subsidie
de veiligheid op de afdeling is goed
hij voelt zich veilig bij ons
niet iedereen voelt zich veilig om iets te zeggen
ik durf niet alles te zeggen
het is bedreigend voor de sfeer
we hebben een alarm geoefend
er was brandalarm
in dialoog met elkaar
ze heeft een scherpe tong
we hebben de politie niet nodig
het gaf levenslust
hij wil weer meedoen
ik wil niet betrokken worden
niet meer en niet minder
dat wil ik niet meer
zo wil ik het niet meer
ik wil dit werk niet meer
ik kan zo niet verder met dit rooster
we kunnen zo niet verder werken
het kan niet meer verder groeien
ik zie die vergadering niet zitten
ik zie dat rooster niet meer zitten
ze zat er het hele gesprek bij
killing it vandaag
hit van de week
we hebben veel leven in de brouwerij
hij heeft het leven weer lief
een leven lang leren
hij wil het leven leuker maken
ik schaam me
we lachten ons rot
we slaan de handen ineen
we slaan ons er wel doorheen
alle pillen in de weekdoos
neem het leven zoals het komt
iemand moet het afmaken
je moet je werk kunnen afmaken
hij maakt haar aan het lachen
maak je geen zorgen
dat maak je zelf af
ik breng hem om tien uur
we brengen haar om de week
ze kan mij missen
ik mis haar
niemand mist iets
""".strip().split("\n")


def test_there_are_enough_examples() -> None:
    """Both lists stay long enough to mean something."""
    assert len(REAL) >= 40
    assert len(EVERYDAY) >= 40


@pytest.mark.parametrize("text", [line.replace("|", "\n") for line in REAL])
def test_a_real_signal_always_counts(text: str) -> None:
    """Whoever writes this sees the help card at once."""
    assert signals_danger(text)
    assert signals_danger(text.upper())


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_of_care_pass(text: str) -> None:
    """Tired, grieving and well trained people can say so without being sent to a help line."""
    assert not signals_danger(text)


@settings(max_examples=400)
@given(st.sampled_from(REAL), st.sampled_from(EVERYDAY), st.sampled_from([". ", "! ", "\n", ", ", "... "]))
def test_everyday_words_never_hide_a_real_signal(real: str, everyday: str, between: str) -> None:
    """Taking harmless words out leaves a signal that stands before or after them."""
    signal = real.replace("|", "\n")
    assert signals_danger(f"{everyday}{between}{signal}")
    assert signals_danger(f"{signal}{between}{everyday}")


@given(st.text(max_size=400))
def test_any_text_gets_an_answer(text: str) -> None:
    """No text makes the check fail: a person in danger must not meet an error."""
    assert signals_danger(text) in (True, False)


@pytest.mark.parametrize("unit", ["wil niet ", "zelfmoor", "ik dood maar ", "er een ", "a", ". ", "me zelf ", "é"])
def test_time_grows_in_line_with_length(unit: str) -> None:
    """The longest message that Telegram delivers is read in well under a second, however it is made up."""
    text = (unit * 4096)[:4096]
    begin = time.perf_counter()
    signals_danger(text)
    assert time.perf_counter() - begin < 1


def test_harmless_patterns_have_no_gaps() -> None:
    """A gap in a harmless pattern could swallow half of a signal."""
    lines = yaml.safe_load(Path(help_module.__file__).with_name("danger_words.yaml").read_text(encoding="utf-8"))[
        "harmless"
    ]
    assert not [line for line in lines if ".." in line or "$" in line]


def test_the_card_names_every_line_that_was_checked() -> None:
    """112, 113, huisarts, De Luisterlijn and the Meldpunt are on the card, and nobody watches the chat live."""
    card = help_card(None)
    for words in ("112", "113", "113.nl", "huisarts", "088 0767 000", "0800-1205", "Niemand leest hier live mee"):
        assert words in card
    assert "{" not in card


def test_what_a_person_must_still_check_is_kept_but_not_shown() -> None:
    """A number that may be out of date is never shown to somebody in need."""
    waiting = [line for line in help_lines() if line.needs_check]
    assert [line.id for line in waiting] == ["familievertrouwenspersoon"]
    assert all(line.line not in help_card("020 123") for line in waiting)
    assert "0900" not in help_card(None)


def test_the_number_of_the_huisartsenpost_is_the_teams() -> None:
    """With a number the card shows it; without one it still says whom to call."""
    assert "de huisartsenpost: 0900 1515." in help_card("0900 1515")
    assert help_card("  ") == help_card(None)
    assert "in het weekend de huisartsenpost." in help_card(None)


def test_every_line_says_where_it_comes_from() -> None:
    """Each line has a source and a date, so that a person can check it again."""
    for line in help_lines():
        assert line.source
        assert line.checked.year >= 2025
    assert len({line.id for line in help_lines()}) == len(help_lines())


def test_the_card_speaks_plainly() -> None:
    """Short enough for one message, in je-form."""
    card = help_card("088 123 45 67")
    assert len(card) < 1000
    assert " u " not in card.lower()
    assert " uw " not in card.lower()
