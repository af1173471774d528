import numpy as np
import pytest

from assistant.engines import encoder
from assistant.engines.encoder import HashedWords, PackagedEncoder, open_encoder
from assistant.errors import NotReady


@pytest.fixture(scope="module")
def packaged() -> PackagedEncoder:
    return PackagedEncoder()


def test_the_packaged_encoder_puts_like_things_together(packaged: PackagedEncoder) -> None:
    a, b, c = packaged.encode(["a sale of fighter jets", "selling combat aircraft", "a recipe for bread"])
    assert a @ b > a @ c + 0.2
    assert np.allclose(np.linalg.norm([a, b, c], axis=1), 1, atol=1e-5)


def test_no_window_is_longer_than_the_encoder_reads(packaged: PackagedEncoder) -> None:
    text = "; ".join(f"clause {number} concerning the notification of sales to partners" for number in range(200))
    windows = packaged.windows("A path. Of headings", text)
    assert len(windows) > 5
    assert max(packaged._counts(windows)) <= 230
    assert "".join(w.removeprefix("A path. Of headings: ") for w in windows).replace(" ", "") == text.replace(" ", "")


def test_text_without_any_break_is_still_cut() -> None:
    windows = HashedWords().windows("", "word " * 2_000)
    assert all(len(window.split()) <= 220 for window in windows)
    assert sum(len(window.split()) for window in windows) == 2_000


def test_a_path_too_long_keeps_its_two_ends() -> None:
    window = HashedWords().windows(f"Title {'of parts ' * 100} Leaf", "The words.")[0]
    assert window.startswith("Title")
    assert window.endswith("Leaf: The words.")
    assert len(window.split()) < 90


def test_a_row_does_not_depend_on_what_else_is_encoded(packaged: PackagedEncoder) -> None:
    texts = [f"a text about kite {number} " * (1 + number % 5) for number in range(12)]
    assert np.array_equal(packaged.encode(texts)[7], packaged.encode([texts[7]])[0])


def test_a_model_with_other_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_MODEL_SHA256", "0" * 64)
    with pytest.raises(NotReady, match="not the encoder"):
        PackagedEncoder().encode(["a kite"])


def test_an_encoder_folder_that_is_not_there_is_told() -> None:
    with pytest.raises(NotReady, match="no encoder folder"):
        open_encoder("/nowhere/at/all", 1)


def test_the_fake_encoder_tells_texts_apart() -> None:
    a, b, c = HashedWords().encode(["kite law", "law kite", "boat rule"])
    assert np.allclose(a, b)
    assert a @ c < 0.5
