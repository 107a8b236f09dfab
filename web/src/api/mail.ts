import { useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { queries } from './freshness'

// The company's mail: by which server it goes out, and what became of it.

export const mailSecurities = ['tls', 'starttls', 'none'] as const
export const mailStates = ['waiting', 'sending', 'sent', 'failed', 'unsure'] as const

export interface MailSettings {
  on: boolean
  host: string
  port: number
  security: (typeof mailSecurities)[number]
  user?: string
  sender: string
  link_only: boolean
  link?: string
  heads_to?: string
}

export interface WrittenMailSettings extends MailSettings {
  version: number
  has_password: boolean
}

export interface Mail {
  id: string
  about: string
  to?: string
  person?: { id: string; name: string }
  state: (typeof mailStates)[number]
  tries: number
  failed?: string
  next_at?: string
  created_at: string
  sent_at?: string
}

declare module './paths' {
  interface paths {
    '/api/v1/mail': { get: Call<never, { items: Mail[] }>; post: Call<{ to: string }, Mail, never, never, never, 202> }
    '/api/v1/mail/{id}/again': { post: Call<never, Mail, { id: string }, never, never, 202> }
    '/api/v1/mail/settings': {
      get: Call<never, WrittenMailSettings>
      put: Call<MailSettings & { password?: string }, WrittenMailSettings, never, never, IfMatch>
    }
  }
}

const all = ['mail']
const refresh = () => queries.invalidateQueries({ queryKey: all })
const onWay = (list: Mail[] | undefined) => list?.some((m) => m.state === 'waiting' || m.state === 'sending')

export const useMails = () =>
  useQuery({
    queryKey: [...all, 'list'],
    queryFn: async () => (await body(http.GET('/api/v1/mail'))).items,
    staleTime: 0,
    refetchInterval: (query) => (onWay(query.state.data) ? 1000 : 30_000),
  })

export const useMailSettings = () => useQuery({ queryKey: [...all, 'settings'], queryFn: () => body(http.GET('/api/v1/mail/settings')), staleTime: 0 })

export const useSetMail = () =>
  useMutation({
    mutationFn: ({ version, ...set }: MailSettings & { password?: string; version: number }) =>
      body(http.PUT('/api/v1/mail/settings', { params: { header: { 'If-Match': String(version) } }, body: set })),
    onSettled: refresh,
  })

export const useTryMail = () => useMutation({ mutationFn: (to: string) => body(http.POST('/api/v1/mail', { body: { to } })), onSettled: refresh })

export const useMailAgain = () => useMutation({ mutationFn: (id: string) => body(http.POST('/api/v1/mail/{id}/again', { params: { path: { id } } })), onSettled: refresh })
