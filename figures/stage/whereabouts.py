"""The page that a visitor is on, from what Streamlit's two ends say to each other: it promises neither."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class Whereabouts:
    """The page that a visitor is on, or on the way to; "" as long as nobody has said."""

    def __init__(self) -> None:
        self.page = ""

    def asks(self, message: bytes) -> bool:
        """Hears what the browser asks; False for a part of another page than the one that the visitor is on.

        Whoever asks for a whole page is on the way to it.
        """
        try:
            asked = BackMsg.FromString(message).rerun_script
        except DecodeError:
            return True  # Streamlit says what it thinks of it
        if not asked.fragment_id:
            self.page = asked.page_script_hash or self.page
            return True
        return not (self.page and asked.page_script_hash) or asked.page_script_hash == self.page

    def is_told(self, message: bytes) -> None:
        """Hears what the browser is told."""
        self.page = ForwardMsg.FromString(message).navigation.page_script_hash or self.page
