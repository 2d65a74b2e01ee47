"""Text that anybody may type, for properties."""

from hypothesis import strategies as st

ANYTHING = st.text(st.characters(codec=None))
MARKED = st.text(st.sampled_from("aé\u0301\u0323\u0344\u0958\u200d\u3099か한\u1161 \n#,-_'"))
