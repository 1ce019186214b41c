from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def quote() -> dict[str, str]:
    return {"quote": "Simple is better than complex."}


@app.get("/health")
def health() -> dict[str, bool]:
    return {"up": True}
