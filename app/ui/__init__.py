"""The page: Streamlit on top of the services. It asks and shows; every rule is held by the services."""
