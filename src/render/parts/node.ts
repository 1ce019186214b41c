import nodeBase from '../../../templates/shared/node-base.hbs'
import nodeBuild from '../../../templates/shared/node-build.hbs'
import nodeCommands from '../../../templates/shared/node-commands.hbs'
import nodeRuntime from '../../../templates/shared/node-runtime.hbs'
import nodeStage from '../../../templates/shared/node-stage.hbs'
import nodeTool from '../../../templates/shared/node-tool.hbs'

/** What the templates of Node.js may include. */
export default {
  'node-base': nodeBase,
  'node-build': nodeBuild,
  'node-commands': nodeCommands,
  'node-runtime': nodeRuntime,
  'node-stage': nodeStage,
  'node-tool': nodeTool,
}
