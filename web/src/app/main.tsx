import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from '@/api/problem'
import { lookByLink } from '@/api/viewas'
import { startLanguage } from '@/lib/i18n'
import { watchTheme } from '@/lib/theme'
import '@/ui/base.css'
import '@/ui/print.css'
import { App } from './app'

watchTheme()
lookByLink(location.href)
await startLanguage()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
// A refusal that a page shows instead of itself is an answer of the server, and no fault of the page.
const onCaughtError = (error: unknown) => {
  if (!(error instanceof ApiError)) console.error(error)
}
createRoot(root, { onCaughtError }).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
