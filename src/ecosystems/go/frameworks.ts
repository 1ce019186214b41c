/** Web frameworks and routers by the module that is imported; order matters where a program has two: the first is what it is built on. */
const FRAMEWORKS: readonly (readonly [module: string, name: string])[] = [
  ['github.com/gin-gonic/gin', 'gin'],
  ['github.com/labstack/echo', 'echo'],
  ['github.com/gofiber/fiber', 'fiber'],
  ['github.com/beego/beego', 'beego'],
  ['github.com/astaxie/beego', 'beego'],
  ['github.com/kataras/iris', 'iris'],
  ['github.com/gobuffalo/buffalo', 'buffalo'],
  ['github.com/revel/revel', 'revel'],
  ['github.com/zeromicro/go-zero', 'go-zero'],
  ['github.com/go-kratos/kratos', 'kratos'],
  ['github.com/cloudwego/hertz', 'hertz'],
  ['github.com/gogf/gf', 'goframe'],
  ['github.com/pocketbase/pocketbase', 'pocketbase'],
  ['goa.design/goa', 'goa'],
  ['github.com/danielgtaylor/huma', 'huma'],
  ['github.com/go-fuego/fuego', 'fuego'],
  ['github.com/go-chi/chi', 'chi'],
  ['github.com/gorilla/mux', 'gorilla/mux'],
  ['github.com/julienschmidt/httprouter', 'httprouter'],
  ['github.com/uptrace/bunrouter', 'bunrouter'],
  ['github.com/emicklei/go-restful', 'go-restful'],
  ['github.com/go-martini/martini', 'martini'],
  ['connectrpc.com/connect', 'connect'],
  ['github.com/99designs/gqlgen', 'gqlgen'],
  ['google.golang.org/grpc', 'grpc'],
]

/** Modules whose import says that a program works on without being asked: brokers, schedulers, chat bots. */
const WORKERS: readonly string[] = [
  'github.com/segmentio/kafka-go',
  'github.com/confluentinc/confluent-kafka-go',
  'github.com/IBM/sarama',
  'github.com/Shopify/sarama',
  'github.com/twmb/franz-go',
  'github.com/rabbitmq/amqp091-go',
  'github.com/streadway/amqp',
  'github.com/nats-io/nats.go',
  'github.com/hibiken/asynq',
  'github.com/riverqueue/river',
  'github.com/robfig/cron',
  'github.com/go-co-op/gocron',
  'go.temporal.io/sdk',
  'github.com/ThreeDotsLabs/watermill',
  'github.com/bwmarrin/discordgo',
  'github.com/disgoorg/disgo',
  'github.com/go-telegram-bot-api/telegram-bot-api',
  'github.com/go-telegram/bot',
  'gopkg.in/telebot.v3',
  'gopkg.in/tucnak/telebot.v2',
  'github.com/slack-go/slack',
  'github.com/eclipse/paho.mqtt.golang',
  'sigs.k8s.io/controller-runtime',
]

/** `path` is the module itself or one of its packages, of any major version. */
export const isOf = (path: string, module: string): boolean =>
  path === module || path.startsWith(`${module}/`)

/** The web framework that the program's own packages import, with the file that does. */
export function frameworkOf(
  imports: ReadonlyMap<string, string>,
): { name: string; path: string; file: string } | undefined {
  for (const [module, name] of FRAMEWORKS)
    for (const [path, file] of imports) if (isOf(path, module)) return { name, path, file }
  return undefined
}

export const worksOn = (imports: ReadonlyMap<string, string>): boolean =>
  [...imports.keys()].some(path => path === 'os/signal' || WORKERS.some(module => isOf(path, module)))
