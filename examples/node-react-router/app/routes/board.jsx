import { useLoaderData } from 'react-router'

export const loader = () => ({ ferries: ['07:15 Islands', '08:40 Mainland'] })

export default function Board() {
  const { ferries } = useLoaderData()
  return (
    <ul>
      {ferries.map(ferry => (
        <li key={ferry}>{ferry}</li>
      ))}
    </ul>
  )
}
