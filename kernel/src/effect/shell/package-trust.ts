/** Packages whose name alone says enough: those of curated distributions, and the best known of the open registries. Data. */

/** Distributions choose what they carry; nobody can add a look-alike by registering a name. */
const CURATED: ReadonlySet<string> = new Set('apt apt-get aptitude dnf yum zypper pacman apk brew port'.split(' '))

const PYTHON =
  'numpy scipy pandas matplotlib scikit-learn scikit-image torch torchvision torchaudio tensorflow keras jax transformers datasets tokenizers accelerate sentencepiece huggingface-hub requests urllib3 httpx aiohttp flask django fastapi starlette uvicorn gunicorn jinja2 werkzeug click typer rich tqdm pydantic attrs pyyaml toml tomli sqlalchemy alembic psycopg2 psycopg2-binary pymysql redis celery pytest pytest-cov pytest-mock pytest-asyncio pytest-xdist tox nox coverage hypothesis mypy ruff black isort flake8 pylint pre-commit poetry pipenv setuptools wheel pip build twine virtualenv cython numba sympy networkx statsmodels seaborn plotly bokeh pillow opencv-python imageio beautifulsoup4 lxml html5lib scrapy selenium playwright boto3 botocore google-cloud-storage azure-storage-blob cryptography pyjwt paramiko ipython jupyter jupyterlab notebook ipykernel nltk spacy gensim openai anthropic langchain xgboost lightgbm catboost pyarrow polars dask openpyxl xlrd python-dateutil pytz six packaging typing-extensions python-dotenv docker kubernetes grpcio protobuf psutil pyserial markdown docutils sphinx mkdocs gymnasium gym fasttext onnx onnxruntime'
const NODE =
  'react react-dom next vue nuxt svelte angular express koa fastify axios lodash underscore moment dayjs date-fns uuid chalk commander yargs dotenv typescript ts-node tsx esbuild webpack rollup vite babel eslint prettier jest vitest mocha chai sinon cypress playwright puppeteer nodemon pm2 rimraf glob zod ajv mongoose sequelize prisma typeorm pg mysql2 redis socket.io ws cors body-parser jsonwebtoken bcrypt passport tailwindcss postcss autoprefixer sass three d3 rxjs redux zustand classnames husky lint-staged concurrently cross-env'

const KNOWN: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...['pip', 'pip3', 'uv', 'poetry', 'pdm', 'pipenv', 'conda', 'mamba'].map((manager) => [manager, new Set(PYTHON.split(' '))] as const),
  ...['npm', 'pnpm', 'yarn', 'bun'].map((manager) => [manager, new Set(NODE.split(' '))] as const),
])

/** `manager:package`, as effects name it; a version may follow. */
export function isTrustedPackage(target: string): boolean {
  const colon = target.indexOf(':')
  const manager = target.slice(0, colon)
  const name = target.slice(colon + 1)
  if (/[/\\:]/.test(name.replace(/^@types\//, ''))) return false
  if (CURATED.has(manager)) return true
  const plain = name
    .toLowerCase()
    .replace(/^@types\//, '')
    .replace(/(?:\[[\w,-]+\])?(?:[=<>!~@^].*)?$/s, '')
    .replaceAll('_', '-')
  return KNOWN.get(manager)?.has(plain) === true
}
