import { describe, expect, test } from 'vitest'
import { createFrom, detectIn } from '../../support/project.ts'

type Files = Record<string, string | object>

const flask = 'from flask import Flask\n\napp = Flask(__name__)\n'
const fastapi = 'from fastapi import FastAPI\n\napp = FastAPI()\n'
const pyproject = (rest: string) =>
  `[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.11"\n${rest}`

/** What starts the program, as it is found in the sources. */
describe('the start command', () => {
  test.each<[name: string, files: Files, framework: string | undefined, kind: string, start: string]>([
    ['Flask', { 'requirements.txt': 'flask', 'app.py': flask }, 'flask', 'web', 'gunicorn app:app'],
    [
      'Flask under another name, behind an alias',
      { 'requirements.txt': 'flask', 'site.py': 'import flask as f\n\nweb = f.Flask("x")\n' },
      'flask',
      'web',
      'gunicorn site:web',
    ],
    [
      'a Flask factory',
      {
        'requirements.txt': 'flask',
        'shop/__init__.py':
          'from flask import Flask\ndef create_app(config=None):\n  app = Flask(__name__)\n  return app\n',
      },
      'flask',
      'web',
      'gunicorn shop:create_app()',
    ],
    [
      'wsgi.py that calls the factory of a package',
      {
        'requirements.txt': 'flask',
        'shop/__init__.py':
          'from flask import Flask\ndef create_app():\n  app = Flask(__name__)\n  return app\n',
        'wsgi.py': 'from shop import create_app\napp = create_app()\n',
      },
      'flask',
      'web',
      'gunicorn wsgi:app',
    ],
    [
      'wsgi.py that passes on an app',
      {
        'requirements.txt': 'flask',
        'shop/__init__.py': flask,
        'wsgi.py': 'from shop import app as application\n',
      },
      'flask',
      'web',
      'gunicorn wsgi:application',
    ],
    [
      'FastAPI in a package',
      { 'requirements.txt': 'fastapi\nuvicorn', 'app/__init__.py': '', 'app/main.py': fastapi },
      'fastapi',
      'web',
      'uvicorn app.main:app --host 0.0.0.0 --port 8000',
    ],
    [
      'FastAPI in a folder whose modules import each other flatly',
      {
        'requirements.txt': 'fastapi\nuvicorn',
        'app/main.py': `import settings\n${fastapi}`,
        'app/settings.py': '',
      },
      'fastapi',
      'web',
      'uvicorn main:app --host 0.0.0.0 --port 8000',
    ],
    [
      'FastAPI by a subclass and behind middleware',
      {
        'requirements.txt': 'fastapi\nuvicorn',
        'main.py':
          'from fastapi import FastAPI\nfrom x import CORSMiddleware\nclass Api(FastAPI): pass\napi = Api()\napp = CORSMiddleware(api)\n',
      },
      'fastapi',
      'web',
      'uvicorn main:app --host 0.0.0.0 --port 8000',
    ],
    [
      'a FastAPI factory',
      {
        'requirements.txt': 'fastapi\nuvicorn',
        'main.py': 'from fastapi import FastAPI\ndef make_app() -> FastAPI:\n  return FastAPI()\n',
      },
      'fastapi',
      'web',
      'uvicorn --factory main:make_app --host 0.0.0.0 --port 8000',
    ],
    [
      'Quart',
      { 'requirements.txt': 'quart', 'app.py': 'from quart import Quart\napp = Quart(__name__)\n' },
      'quart',
      'web',
      'hypercorn --bind 0.0.0.0:8000 app:app',
    ],
    [
      'Sanic',
      { 'requirements.txt': 'sanic', 'server.py': 'from sanic import Sanic\napp = Sanic("x")\n' },
      'sanic',
      'web',
      'sanic server:app --host=0.0.0.0 --port=8000',
    ],
    [
      'Dash',
      {
        'requirements.txt': 'dash',
        'app.py': 'from dash import Dash\napp = Dash()\nserver = app.server\n',
      },
      'dash',
      'web',
      'gunicorn app:server',
    ],
    [
      'Streamlit',
      { 'requirements.txt': 'streamlit', 'app.py': 'import streamlit as st\nst.title("x")\n' },
      'streamlit',
      'web',
      'streamlit run app.py',
    ],
    [
      'Gradio',
      {
        'requirements.txt': 'gradio',
        'app.py': 'import gradio as gr\ndemo = gr.Interface(fn=str)\ndemo.launch()\n',
      },
      'gradio',
      'web',
      'python app.py',
    ],
    [
      'a bot as a package',
      {
        'requirements.txt': 'discord.py',
        'bot/__main__.py': 'import discord\ndiscord.Client().run("x")\n',
        'bot/__init__.py': '',
      },
      'discord.py',
      'worker',
      'python -m bot',
    ],
    [
      'a bot that keeps a web server for its host',
      {
        'requirements.txt': 'discord.py\nflask',
        'main.py':
          'import discord\nfrom keep_alive import keep_alive\nkeep_alive()\ndiscord.Client().run("x")\n',
        'keep_alive.py': `${flask}def keep_alive(): pass\n`,
      },
      'discord.py',
      'worker',
      'python main.py',
    ],
    [
      'Celery alone',
      {
        'requirements.txt': 'celery',
        'tasks_app.py': 'from celery import Celery\nqueue = Celery("x")\n',
      },
      'celery',
      'worker',
      'celery -A tasks_app:queue worker --loglevel INFO',
    ],
    [
      'aiohttp',
      {
        'requirements.txt': 'aiohttp',
        'run.py':
          'from aiohttp import web\napp = web.Application()\nif __name__ == "__main__":\n  web.run_app(app, port=5050)\n',
      },
      'aiohttp',
      'web',
      'python run.py',
    ],
    [
      'the standard library',
      {
        'serve.py':
          'from http.server import HTTPServer\nif __name__ == "__main__":\n  HTTPServer(("", 8081), None).serve_forever()\n',
      },
      undefined,
      'web',
      'python serve.py',
    ],
    [
      'a console script',
      {
        'pyproject.toml': pyproject(
          '[project.scripts]\nx = "x.cli:main"\n[build-system]\nrequires = ["hatchling"]\n',
        ),
        'src/x/cli.py': 'def main(): pass\n',
      },
      undefined,
      'cli',
      'x',
    ],
  ])('%s', async (_, files, framework, kind, start) => {
    const [app] = await detectIn(files)
    expect(app?.facts.start?.value).toBe(start)
    expect(app?.facts.framework?.value).toBe(framework)
    expect(app?.facts.kind.value).toBe(kind)
  })

  test('Procfile says which app, and with which options', async () => {
    const [app] = await detectIn({
      'requirements.txt': 'flask\ngunicorn\ngevent',
      Procfile:
        'release: flask db upgrade\nweb: exec gunicorn -b 0.0.0.0:$PORT -k gevent --reload shop.web:site --log-file -\n',
      'app.py': flask,
      'shop/web.py': 'from flask import Flask\nsite = Flask(__name__)\n',
    })
    expect(app?.facts.start?.value).toBe('gunicorn shop.web:site -k gevent')
    expect(app?.facts.start?.source).toEqual({ from: 'file', path: 'Procfile', line: 2, detail: 'web' })
  })

  test('.flaskenv says which app', async () => {
    const [app] = await detectIn({
      'requirements.txt': 'flask',
      '.flaskenv': 'FLASK_APP=second.py\n',
      'app.py': flask,
      'second.py': flask,
    })
    expect(app?.facts.start?.value).toBe('gunicorn second:app')
  })

  test('tests, documentation and examples start nothing', async () => {
    const [app] = await detectIn({
      'pyproject.toml': pyproject('dependencies = ["fastapi"]\n[build-system]\nrequires = ["hatchling"]\n'),
      'src/x/__init__.py': 'from fastapi import APIRouter\nrouter = APIRouter()\n',
      'tests/app.py': fastapi,
      'examples/main.py': fastapi,
      'docs/conf.py': 'print("x")\n',
    })
    expect(app?.facts.kind.value).toBe('library')
    expect(app?.questions.map(({ code }) => code)).toEqual(['NOTHING_TO_RUN'])
  })

  test('scripts of which none is the program are a question', async () => {
    const main = 'if __name__ == "__main__":\n  print("x")\n'
    const [app] = await detectIn({ 'requirements.txt': 'requests', 'fetch.py': main, 'clean.py': main })
    expect(app?.questions.map(({ code }) => code)).toEqual(['NO_START_COMMAND'])
  })

  test('a command of the person wins', async () => {
    const { dockerfile } = await createFrom(
      { 'requirements.txt': 'flask', 'app.py': flask },
      { start: 'python -m app --port $PORT' },
    )
    expect(dockerfile).toContain('CMD ["sh", "-c", "exec python -m app --port $PORT"]')
  })
})

describe('the port', () => {
  test.each([
    ['uvicorn.run', 'import uvicorn\nuvicorn.run("main:app", host="0.0.0.0", port=9001)', 9001],
    [
      'a variable with a default',
      'import os, uvicorn\nP = int(os.getenv("PORT", "9002"))\nuvicorn.run(app, port=P)',
      9002,
    ],
    ['or', 'import os, uvicorn\nuvicorn.run(app, port=int(os.environ.get("PORT") or 9003))', 9003],
    ['a port for the privileged is left to the server', 'import uvicorn\nuvicorn.run(app, port=80)', 8000],
    ['nothing', '', 8000],
  ])('%s', async (_, code, port) => {
    const [app] = await detectIn({
      'requirements.txt': 'fastapi\nuvicorn',
      'main.py': `${fastapi}${code}\n`,
    })
    expect(app?.facts.port?.value).toBe(port)
  })

  test('localhost by a variable is opened by that variable, else it is said', async () => {
    const program = (host: string) => ({
      'requirements.txt': 'aiohttp',
      'main.py': `import os\nfrom aiohttp import web\nif __name__ == "__main__":\n  web.run_app(web.Application(), host=${host}, port=8080)\n`,
    })
    const { dockerfile } = await createFrom(program('os.environ.get("HOST", "127.0.0.1")'))
    expect(dockerfile).toContain(' HOST=0.0.0.0')
    const { notes } = await createFrom(program('"localhost"'))
    expect(notes.map(({ code }) => code)).toContain('LISTENS_ON_LOCALHOST')
  })
})
