/** How the object of a framework is called by a server. */
export type Interface = 'wsgi' | 'asgi'

/** A framework whose app is an object that a server calls. */
export interface Framework {
  readonly id: string
  /** What makes the app, by its full name. */
  readonly constructors: readonly string[]
  /** gunicorn calls WSGI, uvicorn ASGI; undefined: the framework brings its own server. */
  readonly interface?: Interface
  /** The normalised name on the package index. */
  readonly packages: readonly string[]
}

/** Web frameworks by their app object. The order decides between two apps that are otherwise equal. */
export const FRAMEWORKS: readonly Framework[] = [
  {
    id: 'fastapi',
    constructors: ['fastapi.FastAPI', 'fastapi.applications.FastAPI'],
    interface: 'asgi',
    packages: ['fastapi'],
  },
  {
    id: 'flask',
    constructors: [
      'flask.Flask',
      'flask.app.Flask',
      'apiflask.APIFlask',
      'flask_openapi3.OpenAPI',
      'connexion.FlaskApp',
      'connexion.App',
    ],
    interface: 'wsgi',
    packages: ['flask', 'apiflask', 'connexion', 'flask-openapi3'],
  },
  { id: 'quart', constructors: ['quart.Quart', 'quart.app.Quart'], interface: 'asgi', packages: ['quart'] },
  {
    id: 'litestar',
    constructors: ['litestar.Litestar', 'litestar.app.Litestar', 'starlite.Starlite'],
    interface: 'asgi',
    packages: ['litestar', 'starlite'],
  },
  { id: 'sanic', constructors: ['sanic.Sanic', 'sanic.app.Sanic'], packages: ['sanic'] },
  {
    id: 'fasthtml',
    constructors: ['fasthtml.common.FastHTML', 'fasthtml.FastHTML', 'fasthtml.common.fast_app'],
    interface: 'asgi',
    packages: ['python-fasthtml'],
  },
  {
    id: 'falcon',
    constructors: ['falcon.asgi.App'],
    interface: 'asgi',
    packages: ['falcon'],
  },
  {
    id: 'falcon',
    constructors: ['falcon.App', 'falcon.API', 'falcon.app.App'],
    interface: 'wsgi',
    packages: ['falcon'],
  },
  {
    id: 'blacksheep',
    constructors: ['blacksheep.Application', 'blacksheep.server.Application'],
    interface: 'asgi',
    packages: ['blacksheep'],
  },
  {
    id: 'bottle',
    constructors: ['bottle.Bottle', 'bottle.default_app'],
    interface: 'wsgi',
    packages: ['bottle'],
  },
  { id: 'dash', constructors: ['dash.Dash', 'dash.dash.Dash'], interface: 'wsgi', packages: ['dash'] },
  {
    id: 'pyramid',
    constructors: ['pyramid.config.Configurator.make_wsgi_app'],
    interface: 'wsgi',
    packages: ['pyramid'],
  },
  {
    id: 'starlette',
    constructors: ['starlette.applications.Starlette', 'starlette.Starlette'],
    interface: 'asgi',
    packages: ['starlette'],
  },
  {
    id: 'socketio',
    constructors: ['socketio.ASGIApp', 'socketio.asgi.ASGIApp'],
    interface: 'asgi',
    packages: ['python-socketio'],
  },
]

/** A framework whose program is a script: it runs its own server, or none. */
export interface ScriptFramework {
  readonly id: string
  readonly kind: 'web' | 'worker'
  /** Modules that the script imports. */
  readonly imports: readonly string[]
  readonly packages: readonly string[]
  /** Calls that start it, by their full name, where an import alone tells too little. */
  readonly starts?: readonly string[]
  readonly port?: number
}

export const SCRIPT_FRAMEWORKS: readonly ScriptFramework[] = [
  { id: 'streamlit', kind: 'web', imports: ['streamlit'], packages: ['streamlit'], port: 8501 },
  { id: 'gradio', kind: 'web', imports: ['gradio'], packages: ['gradio'], port: 7860 },
  { id: 'chainlit', kind: 'web', imports: ['chainlit'], packages: ['chainlit'], port: 8000 },
  { id: 'nicegui', kind: 'web', imports: ['nicegui'], packages: ['nicegui'], port: 8080, starts: ['nicegui.ui.run'] },
  {
    id: 'aiohttp',
    kind: 'web',
    imports: ['aiohttp.web', 'aiohttp'],
    packages: ['aiohttp'],
    port: 8080,
    starts: ['aiohttp.web.run_app', 'aiohttp.web.AppRunner', 'aiohttp.web._run_app'],
  },
  {
    id: 'tornado',
    kind: 'web',
    imports: ['tornado'],
    packages: ['tornado'],
    port: 8888,
    starts: ['tornado.ioloop.IOLoop.current', 'tornado.ioloop.IOLoop.instance', 'tornado.web.Application', 'tornado.httpserver.HTTPServer'],
  },
  { id: 'cherrypy', kind: 'web', imports: ['cherrypy'], packages: ['cherrypy'], port: 8080, starts: ['cherrypy.quickstart', 'cherrypy.engine.start'] },
  { id: 'discord.py', kind: 'worker', imports: ['discord', 'disnake', 'nextcord', 'interactions', 'hikari'], packages: ['discord-py', 'py-cord', 'disnake', 'nextcord', 'discord', 'discord-py-interactions', 'hikari', 'pydis-core'] },
  { id: 'python-telegram-bot', kind: 'worker', imports: ['telegram'], packages: ['python-telegram-bot'] },
  { id: 'aiogram', kind: 'worker', imports: ['aiogram'], packages: ['aiogram'] },
  { id: 'telebot', kind: 'worker', imports: ['telebot'], packages: ['pytelegrambotapi'] },
  { id: 'pyrogram', kind: 'worker', imports: ['pyrogram'], packages: ['pyrogram', 'kurigram', 'pyrofork'] },
  { id: 'telethon', kind: 'worker', imports: ['telethon'], packages: ['telethon'] },
  { id: 'slack-bolt', kind: 'worker', imports: ['slack_bolt'], packages: ['slack-bolt'] },
  { id: 'celery', kind: 'worker', imports: ['celery'], packages: ['celery'] },
  { id: 'rq', kind: 'worker', imports: ['rq'], packages: ['rq'] },
  { id: 'scrapy', kind: 'worker', imports: ['scrapy'], packages: ['scrapy'] },
] // biome-ignore format: a line a framework

/** Calls of the standard library and of servers that listen. */
export const LISTENS: readonly string[] = [
  'http.server.HTTPServer',
  'http.server.ThreadingHTTPServer',
  'socketserver.TCPServer',
  'socketserver.ThreadingTCPServer',
  'wsgiref.simple_server.make_server',
  'asyncio.start_server',
  'websockets.serve',
  'websockets.server.serve',
  'waitress.serve',
  'uvicorn.run',
  'hypercorn.asyncio.serve',
  'gevent.pywsgi.WSGIServer',
  'eventlet.wsgi.server',
  'grpc.server',
  'grpc.aio.server',
  'bottle.run',
  'socketio.run',
]
