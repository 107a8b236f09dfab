import { useQuery } from '@tanstack/react-query'
import { body, http } from './client'

export interface Question {
  kind: string
  id: string
  action: string
  field?: string
}

export const useExplain = (question: Question) =>
  useQuery({
    queryKey: ['explain', question],
    queryFn: () => body(http.GET('/api/v1/explain', { params: { query: { ...question } } })),
    staleTime: 0,
  })
