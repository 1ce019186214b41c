import pythonDependencies from '../../../templates/shared/python-dependencies.hbs'
import pythonInstall from '../../../templates/shared/python-install.hbs'
import pythonUv from '../../../templates/shared/python-uv.hbs'

/** What the templates of Python may include. */
export default {
  'python-dependencies': pythonDependencies,
  'python-install': pythonInstall,
  'python-uv': pythonUv,
}
