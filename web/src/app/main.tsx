import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { lookByLink } from '@/api/viewas'
import { startLanguage } from '@/lib/i18n'
import { watchTheme } from '@/lib/theme'
import '@/ui/base.css'
import { App } from './app'

watchTheme()
lookByLink(location.href)
await startLanguage()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
