export const dynamic = 'force-dynamic'

export default function Page() {
  return <h1>Postcards, {new Date().getUTCFullYear()}</h1>
}
