import * as core from '@gatewarden/core'
import * as onExpress from '@gatewarden/express'
import * as onFastify from '@gatewarden/fastify'
import * as onKoa from '@gatewarden/koa'
import * as redis from '@gatewarden/redis'
import * as guards from '@gatewarden/scope-guard'
import * as testing from '@gatewarden/testing'
import express from 'express'
import fastify from 'fastify'
import Koa from 'koa'
import { answers } from './answers.cjs'

const told = await answers({ express, fastify, Koa, onExpress, onFastify, onKoa, testing })
const functions = [core.createResourceServer, guards.scopes, redis.redisStore]
console.log(JSON.stringify({ ...told, functions: functions.map((each) => each.name) }))
