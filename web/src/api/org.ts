import { useQuery } from '@tanstack/react-query'
import { body, http } from './client'

export const useUnits = (enabled = true) =>
  useQuery({ queryKey: ['org', 'units'], queryFn: () => body(http.GET('/api/v1/org/units')), enabled })

export const usePools = (enabled = true) =>
  useQuery({ queryKey: ['org', 'pools'], queryFn: () => body(http.GET('/api/v1/org/pools')), enabled })
